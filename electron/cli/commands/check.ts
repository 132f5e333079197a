import { exitCodeOf } from '../../../shared/problem.ts';
import { check as checkPassword } from '../../engine/check.ts';
import type { Verdict } from '../../engine/verbs.ts';
import type { Command } from '../context.ts';
import { EMPTY, stoppedEnding } from '../../report/ending.ts';
import { completed } from '../passwords.ts';
import { planned } from '../planning.ts';
import { tellingRun } from '../progress.ts';
import { readRequest } from '../request.ts';

/** Logs in where an apply would, and changes nothing. */
export const check: Command = async (context) => {
  const { args, sources, engine, messages, interrupt } = context;
  const request = await readRequest(args, sources);
  if (!request.ok) return stoppedEnding('check', request.problem);
  const { account, overrides, passwords } = request.value;
  using _passwords = passwords;
  const found = await planned(context, request.value);
  if (!found.ok) return stoppedEnding('check', found.problem);
  const secrets = await completed(passwords, account, request.value.unlock, context);
  if (!secrets.ok) return stoppedEnding('check', secrets.problem);
  const run = tellingRun(context, found.value.steps);
  const verdict = await interrupt.guard(() =>
    checkPassword(engine, found.value, secrets.value.password, overrides, run),
  );
  const code = codeOf(verdict);
  return {
    ...EMPTY,
    command: 'check',
    code,
    account,
    checks: verdict.checks,
    warnings: verdict.warnings,
    ...(verdict.stopped ? { stopped: verdict.stopped } : {}),
    summary: [code === 0 ? messages.commandLine.checkPassed : messages.commandLine.nothingChanged],
  };
};

/** Accepted here and not judged there means that an apply would leave places out. */
function codeOf({ stopped, withheld }: Verdict): number {
  if (stopped) return exitCodeOf(stopped.kind);
  return withheld.size > 0 ? 4 : 0;
}
