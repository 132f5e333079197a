import type { Entry, Place, Protocol } from '../../shared/model.ts';
import type { KeyringItem, Store } from '../engine/ports.ts';
import { keyringPlace } from './keyring-place.ts';

/** Credentials kept under a service and an account name, whatever program put them there. */
export const keychain: Store = {
  id: 'keychain',
  name: 'Keychain',
  platforms: ['linux', 'darwin', 'win32'],

  async *find(machine) {
    if (machine.confined) return;
    const found = await machine.keyring({});
    if (!found.ok) {
      if (found.problem.kind !== 'keyring-missing') yield { store: 'keychain', problem: found.problem };
      return;
    }
    for (const credential of found.value.flatMap(credentialIn))
      yield entryOf(credential, await keyringPlace(machine, credential.item));
  },
};

/** An item with the names of its service and of the login there. */
interface Credential {
  readonly item: KeyringItem;
  readonly service: string;
  readonly account: string;
}

/**
 * `account` is keytar's word, `username` that of Python's keyring and its kin (keyring/backends/SecretService.py).
 * Not Rekey's own key, and not the keys with which browsers and Electron apps seal their whole profile.
 */
function credentialIn(item: KeyringItem): readonly Credential[] {
  const { service, account, username } = item.attributes;
  const login = account || username;
  if (!service || !login || service === 'Rekey') return [];
  if ([service, item.label].some((name) => /safe storage( control)?$/i.test(name))) return [];
  return [{ item, service, account: login }];
}

function entryOf({ item, service, account }: Credential, place: Place): Entry {
  const server = serverOf(service);
  return {
    store: 'keychain',
    client: `Keychain (${service})`,
    place,
    slot: {},
    lens: 'whole',
    protocols: protocolsOf(service),
    login: account,
    host: server.host,
    ...(server.port === undefined ? {} : { port: server.port }),
    auth: HOLDS_TOKEN.test(service) ? 'oauth' : 'password',
    ...(item.locked ? { stored: 'unknown' } : {}),
  };
}

/** A service that says so keeps a token, which a password must never replace. */
const HOLDS_TOKEN = /oauth|token/i;

/** The server in a service name that is a URL or a host name, else none. */
function serverOf(service: string): { readonly host: string; readonly port?: number } {
  const isHost = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/i.test(service);
  const text = isHost ? `other://${service}` : service;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return { host: '' };
  const { hostname, port } = new URL(text);
  return { host: hostname, ...(port === '' ? {} : { port: Number(port) }) };
}

const WORDS: Readonly<Record<string, Protocol>> = {
  imap: 'imap',
  imaps: 'imap',
  smtp: 'smtp',
  smtps: 'smtp',
  submission: 'smtp',
  submissions: 'smtp',
  pop: 'pop3',
  pop3: 'pop3',
  pop3s: 'pop3',
  caldav: 'dav',
  caldavs: 'dav',
  carddav: 'dav',
  carddavs: 'dav',
};

/** Protocols that the service's name spells out, as a URL scheme or a word. */
function protocolsOf(service: string): readonly Protocol[] {
  const words = service.toLowerCase().split(/[^a-z0-9]+/);
  const named = words.map((word) => WORDS[word]).filter((protocol) => protocol !== undefined);
  return named.length > 0 ? [...new Set(named)] : ['other'];
}
