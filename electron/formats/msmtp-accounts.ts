import type { Slot, Tls } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { readBlocks, resolveAccounts, type Block, type Command, type Resolved } from './msmtp-config.ts';
import { slotOf } from './msmtprc.ts';

/** In what msmtp and mpop differ, for the same file format (their man pages, section CONFIGURATION FILES). */
export interface MsmtpDialect {
  readonly port: number;
  readonly tlsPort: number;
  /** Whether an account without an `auth` line logs in. */
  readonly authByDefault: boolean;
  /** Whether settings before the first `account` make an account named `default`; mpop refuses them. */
  readonly implicitAccount: boolean;
}

/** One account as the client sees it after defaults and inheritance. */
export interface MsmtpAccount {
  readonly name: string;
  readonly login: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly tls: Tls;
  /** `lmtp` where the file says so. */
  readonly lmtp: boolean;
  readonly from: string | undefined;
  readonly oauth: boolean;
  readonly source: PasswordSource;
}

/** Where an account's password comes from; the client prefers `password`, however far away, to `passwordeval`. */
export type PasswordSource =
  | { readonly kind: 'line'; readonly slot: Slot }
  | { readonly kind: 'command'; readonly command: string; readonly slot: Slot }
  /** An `eval` line writes part of this account's configuration; only running it would tell what. */
  | { readonly kind: 'eval'; readonly command: string; readonly slot: Slot }
  /** A keyring, netrc or the user. `addable`: a password line in the slot would serve this login alone. */
  | { readonly kind: 'elsewhere'; readonly slot: Slot; readonly addable: boolean };

/** Mechanisms that log in without a password (`auth` in the man pages). */
const WITHOUT_PASSWORD = new Set(['external', 'gssapi']);
const OAUTH = new Set(['oauthbearer', 'xoauth2']);

/** The accounts that log in with a password or token; `unsupported` where the client refuses the file. */
export function readAccounts(bytes: Bytes, dialect: MsmtpDialect): Result<readonly MsmtpAccount[]> {
  const blocks = readBlocks(bytes.toString('latin1'));
  if (!blocks.ok) return blocks;
  if (blocks.value[0]?.header === undefined && blocks.value.length > 0 && !dialect.implicitAccount) {
    return fail('unsupported', undefined, 'settings before the first account');
  }
  const accounts = resolveAccounts(blocks.value).filter((each) => usesPassword(each, dialect));
  return ok(accounts.map((each) => accountOf(each, blocks.value, dialect)));
}

function usesPassword(account: Resolved, dialect: MsmtpDialect): boolean {
  const auth = account.settings.get('auth')?.argument ?? (dialect.authByDefault ? 'on' : 'off');
  return auth !== 'off' && !WITHOUT_PASSWORD.has(auth);
}

function accountOf(account: Resolved, blocks: readonly Block[], dialect: MsmtpDialect): MsmtpAccount {
  const text = (name: string): string => decode(valueOf(account, name));
  const tls = tlsOf(account);
  const port = tls === 'implicit' ? dialect.tlsPort : dialect.port;
  return {
    name: decode(account.account),
    login: text('user'),
    host: text('host'),
    port: text('host') === '' ? undefined : Number(text('port')) || port,
    tls,
    lmtp: text('protocol') === 'lmtp',
    from: /^[^\s@?*[%]+@[^\s@?*[%]+$/.exec(text('from'))?.[0],
    oauth: OAUTH.has(text('auth')),
    source: sourceOf(account, blocks),
  };
}

/** `on` or nothing switches on; STARTTLS is the default once TLS is on. */
function tlsOf({ settings }: Resolved): Tls {
  const tls = settings.get('tls');
  if (!tls || tls.argument === 'off') return 'none';
  return settings.get('tls_starttls')?.argument === 'off' ? 'implicit' : 'starttls';
}

function sourceOf(account: Resolved, blocks: readonly Block[]): PasswordSource {
  const set = (name: string): { slot: Slot; command: string } | undefined => {
    const setting = account.settings.get(name);
    if (!setting?.argument) return undefined;
    return { slot: slotOf(blocks, setting.block), command: decode(setting.argument) };
  };
  const line = set('password');
  if (line) return { kind: 'line', slot: line.slot };
  const command = set('passwordeval');
  if (command) return { kind: 'command', ...command };
  const evaluated = set('eval');
  if (evaluated) return { kind: 'eval', ...evaluated };
  const block = blockToAdd(account, blocks);
  return { kind: 'elsewhere', slot: slotOf(blocks, block ?? account.block), addable: block !== undefined };
}

/**
 * The block where a new password line serves this account and no other login: the one that names the user, so that
 * an account which only inherits shares it, else the account's own.
 */
function blockToAdd(account: Resolved, blocks: readonly Block[]): Block | undefined {
  const named = account.settings.get('user')?.block;
  const candidates = named?.account === undefined ? [account.block] : [named, account.block];
  return candidates.find((block) => servesOnly(account, block, blocks));
}

function servesOnly(account: Resolved, block: Block, blocks: readonly Block[]): boolean {
  const before = new Map(resolveAccounts(blocks).map((each) => [each.account, each]));
  const added = blocks.map((each) => (each === block ? withPassword(each) : each));
  const served = resolveAccounts(added)
    .filter((each) => valueOf(each, 'password') !== '')
    .flatMap(({ account: name }) => before.get(name) ?? [])
    .filter((each) => valueOf(each, 'password') === '');
  const same = (each: Resolved): boolean =>
    ['user', 'host', 'passwordeval'].every((name) => valueOf(each, name) === valueOf(account, name));
  return served.some((each) => each.account === account.account) && served.every(same);
}

function withPassword(block: Block): Block {
  const last: Command | undefined = block.commands.at(-1) ?? block.header;
  const commands = last ? [...block.commands, { ...last, name: 'password', argument: '*' }] : block.commands;
  return { ...block, commands };
}

const valueOf = ({ settings }: Resolved, name: string): string => settings.get(name)?.argument ?? '';

const decode = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
