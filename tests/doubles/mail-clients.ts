import fs from 'node:fs';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import type { Entry } from '../../shared/model.ts';
import type { Result } from '../../shared/problem.ts';
import type { Reader, StoreKey } from '../../electron/engine/ports.ts';
import { LENSES } from '../../electron/formats/index.ts';
import { STORES } from '../../electron/stores/index.ts';
import { openMachine } from '../../electron/system/machine.ts';
import type { MailServer } from './mail-server.ts';

/** A password as the program that stored it would read it. */
export interface StoredPassword {
  readonly client: string;
  readonly file: string;
  readonly login: string;
  /** What the program would use it for; POP3 and programs that do not say are tried as IMAP. */
  readonly protocol: 'imap' | 'smtp';
  readonly value: string;
}

/** Every password that the programs of a home hold for this login; clients that share a slot count once. */
export async function storedPasswords(home: string, login: string): Promise<readonly StoredPassword[]> {
  const machine = openMachine({ home, confined: true, environment: {} });
  const found = new Map<string, StoredPassword>();
  for (const entry of await entriesOf(machine)) {
    if (entry.login !== login || entry.auth !== 'password' || entry.place.kind !== 'file') continue;
    const value = valueOf(machine, entry, entry.place.path);
    if (value === undefined) continue;
    const slot = JSON.stringify([entry.place.path, entry.slot]);
    const protocol = entry.protocols.includes('smtp') ? 'smtp' : 'imap';
    if (!found.has(slot)) {
      found.set(slot, { client: entry.client, file: entry.place.path, login, protocol, value });
    }
  }
  return [...found.values()];
}

/** Logs in over TLS with a stored password, through the npm packages that mail programs in JavaScript use. */
export async function logsIn(server: MailServer, stored: StoredPassword): Promise<boolean> {
  const { protocol, login, value } = stored;
  const common = { host: server.host, secure: true, auth: { user: login, pass: value } };
  const tls = { ca: server.caPem };
  try {
    if (protocol === 'smtp') await createTransport({ ...common, port: server.smtps, tls }).verify();
    else await openMailbox(new ImapFlow({ ...common, port: server.imaps, tls, logger: false }));
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

async function openMailbox(client: ImapFlow): Promise<void> {
  try {
    await client.connect();
    await client.logout();
  } finally {
    client.close();
  }
}

/** How many of a home's stored passwords for this login the server accepts, one after the other. */
export async function accepted(
  home: string,
  server: MailServer,
  login: string,
): Promise<{ readonly accepted: number; readonly stored: number }> {
  const stored = await storedPasswords(home, login);
  let count = 0;
  for (const each of stored) if (await logsIn(server, each)) count += 1;
  return { accepted: count, stored: stored.length };
}

const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (('authenticationFailed' in error && error.authenticationFailed === true) ||
    ('code' in error && error.code === 'EAUTH'));

async function entriesOf(machine: Reader): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const store of STORES) {
    for await (const found of store.find(machine)) if ('slot' in found) entries.push(found);
  }
  return entries;
}

function valueOf(machine: Reader, entry: Entry, file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  const key = keyOf(machine, entry);
  const lens = LENSES.find(({ id }) => id === entry.lens);
  if (!key.ok || !lens) throw new Error(`${entry.client} cannot be read`);
  const stored = lens.get(fs.readFileSync(file), entry.slot, key.value);
  key.value?.dispose();
  if (!stored.ok) throw new Error(`${entry.client}: ${stored.problem.kind}`);
  return stored.value?.useText((text) => text);
}

const keyOf = (machine: Reader, entry: Entry): Result<StoreKey | undefined> =>
  STORES.find(({ id }) => id === entry.store)?.key?.(machine, entry.place) ?? { ok: true, value: undefined };
