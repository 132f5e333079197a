import type { PlanView } from '../../shared/contract.ts';
import type { Step } from '../../shared/model.ts';
import { fail, ok, problem, type Result } from '../../shared/problem.ts';
import { serversOf } from '../engine/check.ts';
import type { EndpointOverrides } from '../engine/endpoints.ts';
import { plan as planFor } from '../engine/plan.ts';
import { scan } from '../engine/scan.ts';
import type { Engine, Plan } from '../engine/verbs.ts';
import { homelyProblem } from '../report/homely.ts';
import { endpointRow } from './reports.ts';
import { isTickable, rowOfStep } from './rows.ts';

/** Which account a person chose, and the spelling of the login if they gave one. */
export interface Wish {
  readonly account: string;
  readonly login?: string;
}

/** A plan as the page sees it, and as it is carried out. */
export interface KeptPlan {
  readonly wish: Wish;
  readonly view: PlanView;
  /** The steps with the ticks that Rekey proposes. */
  readonly proposed: readonly Step[];
  /** Every place that can be ticked is ticked, so that it was looked at before the person decided. */
  readonly whole: Plan;
}

/** More than one window ever needs; a plan holds every step of an account. */
const MOST_PLANS = 8;

/** The plans that the page may still refer to. */
export class Plans {
  readonly #kept = new Map<string, KeptPlan>();
  readonly #outdated = new Set<string>();

  keep(plan: KeptPlan): void {
    const { planId } = plan.view;
    this.#kept.delete(planId);
    this.#kept.set(planId, plan);
    this.#outdated.delete(planId);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_PLANS && oldest !== undefined) this.#drop(oldest);
  }

  /** What was asked for under this id, however old the plan is. `changed` when nothing is known of it. */
  wish(planId: string): Result<Wish> {
    const plan = this.#kept.get(planId);
    return plan ? ok(plan.wish) : fail('changed');
  }

  /** The plan, if it still tells what the places look like. `changed` otherwise. */
  current(planId: string): Result<KeptPlan> {
    const plan = this.#kept.get(planId);
    return plan && !this.#outdated.has(planId) ? ok(plan) : fail('changed');
  }

  /** After a run that wrote, no plan tells any longer what the places look like. */
  outdate(): void {
    for (const planId of this.#kept.keys()) this.#outdated.add(planId);
  }

  #drop(planId: string): void {
    this.#kept.delete(planId);
    this.#outdated.delete(planId);
  }
}

/** Looks at the machine and plans. Problem: `account-unknown`. */
export async function makePlan(engine: Engine, planId: string, wish: Wish): Promise<Result<KeptPlan>> {
  const found = await scan(engine);
  const proposed = await planFor(engine, found, wish);
  if (!proposed.ok) return proposed;
  const only = proposed.value.steps.filter(isTickable).map(({ id }) => id);
  const whole = await planFor(engine, found, { ...wish, only });
  if (!whole.ok) return whole;
  const view = viewOf(engine, planId, proposed.value, wish);
  return ok({ wish, view, proposed: proposed.value.steps, whole: whole.value });
}

const viewOf = (engine: Engine, planId: string, plan: Plan, wish: Wish): PlanView => ({
  planId,
  account: plan.account,
  rows: plan.steps.map((step) => rowOfStep(engine, step)),
  endpoints: serversOf(plan, overridesOf(wish)).map(endpointRow),
  troubles: plan.troubles.map(({ problem }) => homelyProblem(problem, engine.system.machine.home)),
});

/** A login that the person spelled is the one that servers are asked with. */
export const overridesOf = ({ login }: Wish): EndpointOverrides => (login === undefined ? {} : { login });

/**
 * The plan with exactly these steps ticked, as far as a tick can change anything. Problem: `usage` for a step that
 * is not in the plan, and when nothing is left to do.
 */
export function chosen({ proposed, whole }: KeptPlan, ids: readonly string[]): Result<Plan> {
  const unknown = ids.find((id) => !proposed.some((step) => step.id === id));
  if (unknown !== undefined) return fail('usage', unknown, 'no place has this id');
  const ticked = new Map(whole.steps.filter(({ id }) => ids.includes(id)).map((step) => [step.id, step]));
  const steps = proposed.map((step) => ticked.get(step.id) ?? leftOut(step));
  if (!steps.some(({ ticked }) => ticked)) return fail('usage', undefined, 'no place is chosen');
  return ok({ ...whole, steps });
}

const leftOut = (step: Step): Step => ({
  ...step,
  ticked: false,
  reason: step.reason ?? problem('left-out'),
});
