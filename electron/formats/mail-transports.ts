import type { Tls } from '../../shared/model.ts';
import type { KdeLogin } from './akonadi-resources.ts';
import type { KConfig } from './kconfig.ts';

/** A sending account of KDE's programs. */
export interface Transport extends KdeLogin {
  /** The group of the file that it is in. */
  readonly group: string;
  /** The program keeps the password; else it asks each time. */
  readonly remembers: boolean;
  /** A password lies in the configuration file, where no wallet was to be had: the program reads that one. */
  readonly inFile: boolean;
}

/**
 * The accounts in `mailtransports` that log in with a name (kmailtransport, src/mailtransport.kcfg and
 * src/transport.cpp). Its defaults for port and protection differ between versions and are not written to the file, so
 * what is missing there is nobody's knowledge.
 */
export function mailTransports(config: KConfig): readonly Transport[] {
  return config.groups
    .filter((group) => group.startsWith('Transport '))
    .flatMap((group) => transport(config, group));
}

function transport(config: KConfig, group: string): readonly Transport[] {
  const text = (key: string): string => config.text(group, key) ?? '';
  const id = config.count(group, 'id') ?? 0;
  const kind = (text('identifier') || 'SMTP').toUpperCase();
  const type = (text('authtype') || 'PLAIN').toUpperCase();
  const host = text('host').trim();
  const login = text('user');
  const isLogin =
    id > 0 && kind === 'SMTP' && config.flag(group, 'auth', false) && host !== '' && login !== '';
  if (!isLogin || WITHOUT_PASSWORD.has(type)) return [];
  const port = config.port(group, 'port');
  const tls = TLS[text('encryption').toUpperCase()];
  const sender = config.flag(group, 'specifySenderOverwriteAddress', false)
    ? text('senderOverwriteAddress')
    : '';
  return [
    {
      group,
      name: text('name'),
      folder: 'mailtransports',
      entry: String(id),
      protocol: 'smtp',
      login,
      host,
      ...(port === undefined ? {} : { port }),
      ...(tls === undefined ? {} : { tls }),
      ...(sender === '' ? {} : { addresses: [sender] }),
      auth: type === 'XOAUTH2' || type === '9' ? 'oauth' : 'password',
      remembers: config.flag(group, 'storepass', false),
      inFile: text('password') !== '',
    },
  ];
}

/** By name or by number, as `KCoreConfigSkeleton::ItemEnum` takes both. */
const WITHOUT_PASSWORD: ReadonlySet<string> = new Set(['GSSAPI', '4', 'ANONYMOUS', '8']);

const TLS: Readonly<Record<string, Tls>> = {
  NONE: 'none',
  '0': 'none',
  SSL: 'implicit',
  '1': 'implicit',
  TLS: 'starttls',
  '2': 'starttls',
};
