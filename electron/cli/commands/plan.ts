import { count } from '../../../shared/messages/explain.ts';
import type { Command } from '../context.ts';
import { EMPTY, stoppedEnding } from '../../report/ending.ts';
import { exitCodeOfPlan, isPending } from '../../report/exit-code.ts';
import { compared, planned, planWarnings } from '../planning.ts';
import { readRequest } from '../request.ts';
import { rowOfStep } from '../../report/row.ts';

/** Shows what an apply would change; with a password in the manifest it compares by value and asks no server. */
export const plan: Command = async (context) => {
  const { args, sources, messages } = context;
  const request = await readRequest(args, sources);
  if (!request.ok) return stoppedEnding('plan', request.problem);
  using _passwords = request.value.passwords;
  const found = await planned(context, request.value);
  if (!found.ok) return stoppedEnding('plan', found.problem);
  const { plan, byValue } = await compared(context, found.value, request.value);
  const pending = plan.steps.filter(isPending).length;
  const texts = messages.commandLine;
  return {
    ...EMPTY,
    command: 'plan',
    code: exitCodeOfPlan(plan.steps, byValue),
    account: plan.account,
    sections: [{ heading: plan.account, rows: plan.steps.map((step) => rowOfStep(step, messages)) }],
    warnings: planWarnings(context, plan, request.value),
    summary: [pending === 0 ? texts.nothingPlanned : count(texts.planned, pending)],
  };
};
