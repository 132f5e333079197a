import { z } from 'zod';
import { PROBLEM_KINDS } from '../../shared/problem.ts';

const reason = z.strictObject({ kind: z.enum(PROBLEM_KINDS), text: z.string().min(1) });

const target = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*-[0-9a-f]{12}$/),
  stores: z.array(z.string()).min(1),
  kind: z.enum(['file', 'secret-service', 'keychain', 'kwallet']),
  where: z.string().min(1),
  protocols: z.array(z.enum(['imap', 'pop3', 'smtp', 'ews', 'activesync', 'dav', 'git', 'other'])),
  login: z.string(),
  host: z.string(),
  state: z.enum(['current', 'stale', 'missing', 'unknown', 'locked', 'oauth', 'unsupported']),
  certainty: z.enum(['certain', 'probable', 'unrelated']),
  outcome: z.enum(['written', 'unchanged', 'skipped', 'deferred', 'failed', 'changed', 'manual']).optional(),
  reason: reason.optional(),
  verified: z.boolean().optional(),
});

const check = z.strictObject({
  protocol: z.enum(['imap', 'smtp', 'pop3']),
  host: z.string(),
  port: z.int().min(1).max(65_535),
  login: z.string(),
  result: z.union([z.literal('accepted'), z.enum(PROBLEM_KINDS)]),
  detail: z.string().optional(),
  ms: z.int().nonnegative(),
});

const run = z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{6}$/);

/** `rekey.result/1`: what every command prints under `--json`, with nothing that is not in the contract. */
export const resultSchema = z.strictObject({
  schema: z.literal('rekey.result/1'),
  command: z.enum([
    'scan',
    'plan',
    'check',
    'apply',
    'status',
    'undo',
    'history',
    'recover',
    // the app's alone
    'remove',
    'doctor',
    'none',
  ]),
  run: run.optional(),
  account: z.string().optional(),
  changed: z.boolean(),
  failed: z.boolean(),
  exitCode: z.int(),
  reason: reason.optional(),
  check: z.array(check).min(1).optional(),
  message: z
    .strictObject({
      result: z.union([z.enum(['arrived', 'sent']), z.enum(PROBLEM_KINDS)]),
      detail: z.string().optional(),
      ms: z.int().nonnegative(),
    })
    .optional(),
  targets: z.array(target),
  manual: z.array(target.extend({ steps: z.array(z.string()) })),
  warnings: z.array(reason),
  summary: z.string(),
  // scan
  accounts: z.array(z.strictObject({ address: z.string(), logins: z.array(z.string()) })).optional(),
  // history
  runs: z
    .array(
      z.strictObject({
        id: run,
        account: z.string(),
        at: z.iso.datetime(),
        state: z.enum(['prepared', 'committed', 'rolling-back', 'rolled-back']),
        places: z.array(z.string()),
        changes: z.int(),
        waiting: z.int(),
        undoable: z.boolean(),
        removes: z.literal(true).optional(),
      }),
    )
    .optional(),
  // doctor
  doctor: z
    .array(z.strictObject({ name: z.string(), result: z.string(), places: z.int().optional() }))
    .optional(),
});

export type RekeyResult = z.infer<typeof resultSchema>;
