import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { usableSecret } from './input.ts';
import { disposeLifted, liftSecrets, type LiftedSecrets } from './manifest-secrets.ts';

/** A password's place in the JSON; its value was taken out before, so only its type is checked. */
const lifted = z.string();

const SCHEMA = z.strictObject({
  account: z.string().min(1).optional(),
  password: lifted.optional(),
  oldPassword: lifted.optional(),
  unlocks: z.record(z.string(), lifted).optional(),
  servers: z.strictObject({ imap: z.string().optional(), smtp: z.string().optional() }).optional(),
  only: z.array(z.string()).optional(),
});

/** What a manifest asks for; its passwords are the receiver's to dispose. */
export interface Manifest {
  readonly account?: string;
  readonly servers: { readonly imap?: string; readonly smtp?: string };
  readonly only?: readonly string[];
  readonly secrets: LiftedSecrets;
}

/**
 * Reads a manifest and erases its bytes. A key that does not exist is refused: a misspelt `only` would otherwise
 * widen the run. Problems: `manifest-invalid` with the path of the first wrong field (never a value),
 * `password-unusable`.
 */
export function readManifest(json: Buffer): Result<Manifest> {
  const secrets = liftSecrets(json);
  const manifest = parse(json, secrets);
  json.fill(0);
  if (!manifest.ok) disposeLifted(secrets);
  return manifest;
}

function parse(json: Buffer, secrets: LiftedSecrets): Result<Manifest> {
  const parsed = SCHEMA.safeParse(parseJson(json));
  if (!parsed.success) return fail('manifest-invalid', faultyField(parsed.error.issues[0]));
  const unusable = [secrets.password, secrets.oldPassword, ...secrets.unlocks.values()]
    .flatMap((secret) => (secret ? [secret.use((bytes) => usableSecret(Buffer.from(bytes)))] : []))
    .map((copy) => (copy.ok ? (copy.value.dispose(), undefined) : copy.problem))
    .find((problem) => problem !== undefined);
  if (unusable) return { ok: false, problem: unusable };
  const { account, servers = {}, only } = parsed.data;
  return ok({
    ...(account === undefined ? {} : { account }),
    ...(only === undefined ? {} : { only }),
    servers,
    secrets,
  });
}

/** Undefined where it is no JSON, which then fails the schema; the parser's message would quote the text. */
function parseJson(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The path of a field that the schema names; a wrong key inside `unlocks` or an unknown one is not repeated. */
function faultyField(issue: { readonly path: readonly PropertyKey[] } | undefined): string | undefined {
  const known = issue?.path.filter((_, index) => index === 0 || issue.path[0] === 'servers').map(String);
  return known === undefined || known.length === 0 ? undefined : known.join('.');
}
