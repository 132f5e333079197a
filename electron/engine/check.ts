import type { Checked, Endpoint, Step } from '../../shared/model.ts';
import { exitCodeOf, problem, type Problem } from '../../shared/problem.ts';
import { identityOf } from './account.ts';
import { endpointOf, endpoints, type EndpointOverrides } from './endpoints.ts';
import { inScope } from './plan.ts';
import type { Run } from './ports.ts';
import type { Secret } from './secret.ts';
import type { Engine, Plan, Verdict } from './verbs.ts';

/**
 * Proves the password by logging in: reading first, sending only if reading accepted it. One rejection ends the run
 * with nothing else tried. Every attempt that was rejected, or whose outcome stayed unknown, counts in the budget.
 */
export async function check(
  engine: Engine,
  plan: Plan,
  password: Secret,
  overrides: EndpointOverrides,
  run: Run,
): Promise<Verdict> {
  const asked = serversOf(plan, overrides);
  const identity = identityOf(plan.anchor);
  const allowed = engine.budget.allows(identity);
  if (!allowed.ok) return verdict([], allowed.problem);
  const reading = await ask(engine, asked.filter(isReading), identity, password, run);
  if (reading.stop) return verdict(reading.checks, reading.stop);
  const sending = await ask(engine, asked.filter(isSending), identity, password, run);
  const checks = [...reading.checks, ...sending.checks];
  const stop = stopReason(asked, checks, reading.checks.length > 0, sending.stop);
  return stop ? verdict(checks, stop) : { checks, withheld: withheld(plan, asked, checks), warnings: [] };
}

/** The servers of what is to be written; where those places state none (a lone netrc line), the account's own. */
export function serversOf(plan: Plan, overrides: EndpointOverrides): readonly Endpoint[] {
  const stated = endpoints(inScope(plan), overrides);
  if (stated.length > 0) return stated;
  const certain = plan.steps.filter((step) => step.certainty === 'certain');
  return endpoints(
    certain.flatMap(({ entries }) => entries),
    overrides,
  );
}

/** A bench without network: nothing was proven, and the report says so. */
export const unchecked = (): Verdict => ({
  checks: [],
  withheld: new Map(),
  warnings: [problem('unchecked')],
});

const verdict = (checks: readonly Checked[], stopped: Problem): Verdict => ({
  checks,
  stopped,
  withheld: new Map(),
  warnings: [],
});

const isReading = ({ protocol }: Endpoint): boolean => protocol !== 'smtp';
const isSending = ({ protocol }: Endpoint): boolean => protocol === 'smtp';

interface Asked {
  readonly checks: readonly Checked[];
  /** A verdict on the password or the account, or none of the endpoints accepted. */
  readonly stop?: Problem;
}

async function ask(
  engine: Engine,
  asked: readonly Endpoint[],
  identity: string,
  password: Secret,
  run: Run,
): Promise<Asked> {
  const checks: Checked[] = [];
  for (const endpoint of asked) {
    const { sent, ...checked } = await engine.login.check(endpoint, password, run);
    checks.push(checked);
    if (checked.result === 'accepted') continue;
    if (sent && countsAgainst(checked.result)) engine.budget.count(identity);
    if (sent || ends(checked.result)) return { checks, stop: checked.result };
  }
  const accepted = checks.some(({ result }) => result === 'accepted');
  const problems = checks.flatMap(({ result }) => (result === 'accepted' ? [] : [result]));
  const [first] = problems;
  return accepted || !first ? { checks } : { checks, stop: first };
}

/** Only what may have judged the password can lock the account: a refusal, a block, an answer that never came. */
export const countsAgainst = ({ kind }: Problem): boolean =>
  exitCodeOf(kind) === 3 || kind === 'account-blocked' || kind === 'outcome-unknown';

/** The password, the account or the kind of sign-in was judged: no other door is tried. */
function ends({ kind }: Problem): boolean {
  const code = exitCodeOf(kind);
  return code === 3 || code === 8 || code === 10 || code === 11;
}

function stopReason(
  asked: readonly Endpoint[],
  checks: readonly Checked[],
  read: boolean,
  sendingStop: Problem | undefined,
): Problem | undefined {
  if (asked.length === 0) return problem('no-server-known');
  if (!sendingStop) return undefined;
  if (!read || sendingStop.kind === 'cancelled') return sendingStop;
  if (isKnownReason(sendingStop) || exitCodeOf(sendingStop.kind) === 5) return undefined;
  const host = checks.at(-1)?.endpoint.host;
  return problem('sending-refused', host, sendingStop.detail);
}

/** Sending by password is switched off: reading may still be updated. */
const isKnownReason = ({ kind }: Problem): boolean => exitCodeOf(kind) === 11;

/** Steps whose own server did not accept, each with the reason. */
function withheld(
  plan: Plan,
  asked: readonly Endpoint[],
  checks: readonly Checked[],
): ReadonlyMap<string, Problem> {
  const reasons = new Map<string, Problem>();
  for (const step of plan.steps) {
    const reason = reasonOf(step, asked, checks);
    if (reason) reasons.set(step.id, reason);
  }
  return reasons;
}

/** A step with several clients is written when any of its servers accepted. */
function reasonOf(step: Step, asked: readonly Endpoint[], checks: readonly Checked[]): Problem | undefined {
  const results = step.entries.flatMap((entry) => {
    const endpoint = endpointOf(entry, asked);
    if (!endpoint) return [];
    const { result } = checks.find((checked) => checked.endpoint === endpoint) ?? {
      result: whyNotAsked(endpoint, checks),
    };
    return [result];
  });
  if (results.length === 0 || results.includes('accepted')) return undefined;
  const refused = results.find((result) => result !== 'accepted');
  if (!refused) return undefined;
  return isKnownReason(refused) ? refused : problem('not-checked', step.host, refused.kind);
}

/** A policy that closed one door of a server closes its others for the same protocol, which were then not tried. */
function whyNotAsked({ protocol, host }: Endpoint, checks: readonly Checked[]): Problem {
  const policies = checks.flatMap(({ endpoint, result }) =>
    result !== 'accepted' && endpoint.protocol === protocol && endpoint.host === host ? [result] : [],
  );
  return policies.find(isKnownReason) ?? problem('not-checked', host);
}
