import { count, explain } from '../../../shared/messages/explain.ts';
import { exitCodeOf } from '../../../shared/problem.ts';
import { kindFor } from '../../engine/changes.ts';
import { doctor as examine, type DoctorCheck } from '../../engine/doctor.ts';
import type { Command, Context } from '../context.ts';
import { EMPTY } from '../../report/ending.ts';
import { firstCode } from '../../report/exit-code.ts';
import { plain } from '../style.ts';

/** Tries every door that Rekey needs here: 7 when one is only locked or missing in this session, 4 when one is broken. */
export const doctor: Command = async (context) => {
  const checks = await examine(context.engine);
  const texts = context.messages.commandLine;
  const faults = checks.filter(({ result }) => result !== 'works').length;
  return {
    ...EMPTY,
    command: 'doctor',
    code: firstCode(checks.map(codeOf)),
    lines: checks.map((check) => line(check, context)),
    summary: [faults === 0 ? texts.doctorFine : count(texts.doctorFaults, faults)],
    extra: { doctor: checks.map(facts) },
  };
};

function codeOf({ result }: DoctorCheck): number {
  if (result === 'works') return 0;
  return kindFor(result) === 'deferred' ? 7 : exitCodeOf(result.kind);
}

const facts = ({ name, result, places }: DoctorCheck) => ({
  name,
  result: result === 'works' ? result : result.kind,
  places,
});

function line({ name, result, places }: DoctorCheck, { messages, sheet }: Context): string {
  const { works } = messages.commandLine;
  const found = places === undefined ? '' : `: ${count(messages.commandLine.places, places)}`;
  const about = plain(`${name}${found}`);
  if (result === 'works') return `  ${sheet.style.marked('done', works)}  ${about}`;
  const { sentence, next } = explain(messages, result);
  const mark = kindFor(result) === 'deferred' ? 'waiting' : 'failed';
  return `  ${sheet.style.marked(mark, about)}  ${plain([sentence, next ?? ''].join(' ').trim())}`;
}
