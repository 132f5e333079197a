import type { Messages } from '../../shared/messages/messages.ts';
import { homelyEnding } from '../report/homely.ts';
import { toJson } from '../report/json.ts';
import { endingOf } from '../report/run-ending.ts';
import { htmlReport } from './html-report.ts';
import type { LastRun } from './runs.ts';

/** A report as a file: readable by itself, or the object that the command line prints under `--json`. */
export function savedReport(
  run: LastRun,
  how: {
    readonly format: 'html' | 'json';
    readonly messages: Messages;
    readonly at: Date;
    readonly home: string;
  },
): { readonly name: string; readonly contents: string } {
  const { format, messages, at, home } = how;
  const ending = endingOf(run, messages);
  const contents =
    format === 'html'
      ? htmlReport(homelyEnding(ending, home), messages, at)
      : `${toJson(ending, messages)}\n`;
  return { name: `rekey-${at.toISOString().slice(0, 10)}.${format}`, contents };
}
