import { ok, type Problem, type Result } from '../../shared/problem.ts';
import { compare } from '../engine/compare.ts';
import { plan } from '../engine/plan.ts';
import { scan } from '../engine/scan.ts';
import type { Plan, Secrets } from '../engine/verbs.ts';
import type { Context } from './context.ts';
import type { Request } from './request.ts';
import { misuse } from './usage.ts';

/** Finds the account's places. Problems: `account-unknown`, `usage` for an id that no place has, or whose place only holds an old password. */
export async function planned({ engine, args }: Context, request: Request): Promise<Result<Plan>> {
  const found = await scan(engine);
  const result = await plan(engine, found, request.wanted);
  if (result.ok || result.problem.kind !== 'usage') return result;
  if (result.problem.detail === 'leftover-only-removed') return misuse(result.problem.detail, '--only');
  const excluded = args.values('except').some((id) => id === result.problem.subject);
  return misuse('id-unknown', excluded ? '--except' : '--only');
}

/** The plan with states by value, where a password to compare with was given. */
export async function compared(
  { engine }: Context,
  planned: Plan,
  { passwords }: Request,
): Promise<{ plan: Plan; byValue: boolean }> {
  const { password, old, unlocks } = passwords;
  if (!password) return { plan: planned, byValue: false };
  const secrets: Secrets = { password, unlocks, ...(old ? { old } : {}) };
  return { plan: await compare(engine, planned, secrets), byValue: true };
}

/** What the person should know besides the rows: files that were not understood, and risks of the ticked places. */
export function planWarnings({ engine }: Context, plan: Plan, { passwords }: Request): readonly Problem[] {
  const risks = plan.steps.filter(({ ticked }) => ticked).flatMap(({ warnings }) => warnings);
  const unlocked = new Set(
    plan.steps.flatMap(({ place, entries }) =>
      entries.map(({ store }) => engine.stores.find(({ id }) => id === store)?.unlockedBy?.(place)),
    ),
  );
  const unused = [...passwords.unlocks.keys()].filter((where) => !unlocked.has(where));
  return distinct([
    ...plan.troubles.map(({ problem }) => problem),
    ...risks,
    ...unused.map((subject): Problem => ({ kind: 'unlock-unused', subject })),
  ]);
}

const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.kind} ${problem.subject ?? ''}`, problem])).values(),
];

/** Holds the run lock while `work` runs. Problem: `run-active`. */
export async function locked<T>({ engine }: Context, work: () => Promise<T>): Promise<Result<T>> {
  const lock = engine.system.lock();
  if (!lock.ok) return lock;
  try {
    return ok(await work());
  } finally {
    lock.value.release();
  }
}
