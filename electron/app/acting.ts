import type { ProgressEvent, Reply, ReportView, Request } from '../../shared/contract.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import type { Report } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { alreadyStored } from '../engine/already-stored.ts';
import { apply as applyPlan } from '../engine/apply.ts';
import { check } from '../engine/check.ts';
import { expire } from '../engine/history.ts';
import { recover } from '../engine/recover.ts';
import { removal, remove } from '../engine/remove.ts';
import { withTestMessage } from '../engine/test-message.ts';
import { undo } from '../engine/undo.ts';
import type { Engine, Plan } from '../engine/verbs.ts';
import { letterWords } from '../report/message-text.ts';
import { passwordsOf, unlocksOf, type Passwords } from './passwords.ts';
import { chosen, overridesOf, type Plans } from './plans.ts';
import { triesLeft, viewOfReport, viewsOfReports, type Command } from './reports.ts';
import type { Ended, Runs } from './runs.ts';

/** Who hears of the progress of a call. */
export interface Caller {
  report(event: ProgressEvent): void;
}

/** What the calls of one window share. */
export interface Open {
  readonly engine: Engine;
  readonly plans: Plans;
  readonly runs: Runs;
}

/**
 * Logs in with the password, then puts it into the chosen places. `already-stored` before any server is asked, where
 * every place that can be read holds it.
 */
export async function apply(
  { engine, plans, runs }: Open,
  request: Request<'apply'>,
  { report }: Caller,
): Promise<Result<Reply<'apply'>>> {
  const taken = passwordsOf(request, engine.system.machine.home);
  if (!taken.ok) return taken;
  using passwords = taken.value;
  const kept = plans.current(request.planId);
  if (!kept.ok) return kept;
  const plan = chosen(kept.value, request.steps);
  if (!plan.ok) return plan;
  const { wish, view } = kept.value;
  const start = { id: request.id, command: 'apply' as const, plan: view, report };
  const ended = await runs.carryOut(start, async (run) => {
    expire(engine);
    const stored = request.evenIfStored ? 0 : await alreadyStored(engine, plan.value, passwords);
    if (stored > 0) return fail('already-stored', undefined, String(stored));
    const verdict = await check(engine, plan.value, passwords.password, overridesOf(wish), run);
    const applied = await applyPlan(engine, plan.value, passwords, verdict, run);
    if (applied.run !== undefined) plans.outdate();
    const letter = request.testMessage && letterOf(request.testMessage, plan.value, passwords);
    const done = letter ? await withTestMessage(engine, applied, letter, run) : applied;
    const left = triesLeft(engine, plan.value.anchor);
    return ok({ reports: [done], views: [viewOfReport(engine, 'apply', done, left)] });
  });
  return firstView(ended);
}

const letterOf = (
  { language }: { readonly language: string },
  { anchor, account }: Plan,
  { password }: Passwords,
) => ({
  anchor,
  password,
  words: letterWords(messagesFor(language), account),
});

/** Takes chosen old passwords away. */
export async function removeOld(
  { engine, plans, runs }: Open,
  { id, planId, steps, unlocks }: Request<'removeOld'>,
  { report }: Caller,
): Promise<Result<Reply<'removeOld'>>> {
  using keys = unlocksOf(unlocks, engine.system.machine.home);
  const kept = plans.current(planId);
  if (!kept.ok) return kept;
  const plan = removal(kept.value.whole, steps);
  if (!plan.ok) return plan;
  const start = { id, command: 'remove' as const, plan: kept.value.view, report };
  const ended = await runs.carryOut(start, async (run) => {
    expire(engine);
    const done = await remove(engine, plan.value, keys.unlocks, run);
    if (done.run !== undefined) plans.outdate();
    const left = triesLeft(engine, plan.value.anchor);
    return ok({ reports: [done], views: [viewOfReport(engine, 'remove', done, left)] });
  });
  return firstView(ended);
}

/** Puts back what a run replaced. */
export async function takeBack(
  { engine, plans, runs }: Open,
  request: Request<'undo'>,
  { report }: Caller,
): Promise<Result<Reply<'undo'>>> {
  const start = { id: request.run, command: 'undo' as const, report };
  const ended = await runs.carryOut(start, async (run) => {
    const done = await undo(engine, request.run, request.only, run);
    plans.outdate();
    return done.ok ? ok(await endedWith(engine, 'undo', [done.value])) : done;
  });
  return firstView(ended);
}

/** Finishes or takes back what was cut off. */
export async function finish(
  { engine, plans, runs }: Open,
  { direction }: Request<'recover'>,
  { report }: Caller,
): Promise<Result<Reply<'recover'>>> {
  const ended = await runs.carryOut({ id: 'recover', command: 'recover', report }, async (run) => {
    const done = await recover(engine, direction, run);
    plans.outdate();
    return done.ok ? ok(await endedWith(engine, 'recover', done.value)) : done;
  });
  return ended.ok ? ok({ reports: [...ended.value.views] }) : ended;
}

const endedWith = async (engine: Engine, command: Command, reports: readonly Report[]): Promise<Ended> => ({
  reports,
  views: await viewsOfReports(engine, command, reports),
});

function firstView(ended: Result<Ended>): Result<ReportView> {
  if (!ended.ok) return ended;
  const [view] = ended.value.views;
  if (!view) throw new Error('a run ended without a report');
  return ok(view);
}
