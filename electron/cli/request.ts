import path from 'node:path';
import type { OptionName } from '../../shared/messages/command-line.ts';
import { ok, type Result } from '../../shared/problem.ts';
import { parseEndpoint, type EndpointOverrides, type EndpointSpec } from '../engine/endpoints.ts';
import type { Secret } from '../engine/secret.ts';
import type { PlanRequest } from '../engine/verbs.ts';
import type { Arguments } from './arguments.ts';
import type { Sources } from './context.ts';
import { readSecretLine, readWhole } from './input.ts';
import type { Manifest } from './manifest.ts';
import { Passwords } from './passwords.ts';
import { misuse } from './usage.ts';

/** What the options and the manifest together ask for about one account. */
export interface Request {
  /** Empty where none was named, which only `status` allows. */
  readonly account: string;
  readonly wanted: PlanRequest;
  readonly overrides: EndpointOverrides;
  /** Profiles and files whose primary password is to be asked for. */
  readonly unlock: readonly string[];
  /** The receiver's to dispose. */
  readonly passwords: Passwords;
}

/** Reads options, manifest and passwords. Problems: `usage`, `manifest-invalid`, `password-unusable`. */
export async function readRequest(args: Arguments, sources: Sources): Promise<Result<Request>> {
  const passwords = new Passwords();
  const request = await read(args, sources, passwords);
  if (!request.ok) passwords[Symbol.dispose]();
  return request;
}

async function read(args: Arguments, sources: Sources, passwords: Passwords): Promise<Result<Request>> {
  const manifest = await manifestOf(args, sources);
  if (!manifest.ok) return manifest;
  take(manifest.value, passwords);
  const account = accountOf(args, manifest.value);
  if (!account.ok) return account;
  const overrides = overridesOf(args, manifest.value);
  if (!overrides.ok) return overrides;
  const given = await passwordOf(args, sources, passwords);
  if (!given.ok) return given;
  const login = args.value('login');
  const only = args.has('only') ? args.values('only') : manifest.value?.only;
  return ok({
    account: account.value,
    wanted: {
      account: account.value,
      ...(login === undefined ? {} : { login }),
      ...(only === undefined ? {} : { only }),
      except: args.values('except'),
      addMissing: args.has('add-missing'),
    },
    overrides: overrides.value,
    unlock: args.values('unlock').map((where) => path.resolve(where)),
    passwords,
  });
}

async function manifestOf(args: Arguments, { stdin }: Sources): Promise<Result<Manifest | undefined>> {
  const from = args.value('manifest');
  if (from === undefined) return ok(undefined);
  if (from !== '-') return misuse('manifest-not-stdin');
  if (args.has('password-stdin')) return misuse('password-twice');
  const { readManifest } = await import('./manifest.ts');
  return readManifest(await readWhole(stdin));
}

function take(manifest: Manifest | undefined, passwords: Passwords): void {
  if (!manifest) return;
  passwords.password = manifest.secrets.password;
  passwords.old = manifest.secrets.oldPassword;
  for (const [where, secret] of manifest.secrets.unlocks) passwords.unlocks.set(where, secret);
}

function accountOf(args: Arguments, manifest: Manifest | undefined): Result<string> {
  const option = args.value('account');
  const account = option ?? manifest?.account;
  if (account === undefined) return args.command === 'status' ? ok('') : misuse('account-missing');
  const differs = manifest?.account !== undefined && fold(manifest.account) !== fold(account);
  return differs ? misuse('account-differs') : ok(account);
}

const fold = (address: string): string => address.trim().toLowerCase();

function overridesOf(args: Arguments, manifest: Manifest | undefined): Result<EndpointOverrides> {
  const servers: { imap?: EndpointSpec; smtp?: EndpointSpec } = {};
  for (const protocol of ['imap', 'smtp'] as const) {
    const text = args.value(protocol) ?? manifest?.servers[protocol];
    if (text === undefined) continue;
    const server = parseEndpoint(text, protocol);
    if (!server.ok) return misuse('server-invalid', `--${protocol}`);
    servers[protocol] = server.value;
  }
  const login = args.value('login');
  return ok({ ...servers, ...(login === undefined ? {} : { login }) });
}

async function passwordOf(args: Arguments, sources: Sources, passwords: Passwords): Promise<Result<true>> {
  const ways = [args.has('password-stdin'), args.has('password-fd'), passwords.password !== undefined];
  if (ways.filter(Boolean).length > 1 || (args.has('old-password-fd') && passwords.old)) {
    return misuse('password-twice');
  }
  const password = args.has('password-stdin')
    ? await readSecretLine(sources.stdin)
    : await fromDescriptor('password-fd', args, sources);
  if (!password.ok) return password;
  passwords.password ??= password.value;
  const old = await fromDescriptor('old-password-fd', args, sources);
  if (!old.ok) return old;
  passwords.old ??= old.value;
  return ok(true);
}

async function fromDescriptor(
  option: OptionName,
  args: Arguments,
  sources: Sources,
): Promise<Result<Secret | undefined>> {
  const text = args.value(option);
  if (text === undefined) return ok(undefined);
  const fd = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (fd < 3) return misuse('descriptor-invalid', `--${option}`);
  try {
    return await readSecretLine(sources.descriptor(fd));
  } catch {
    return misuse('descriptor-unreadable', `--${option}`);
  }
}
