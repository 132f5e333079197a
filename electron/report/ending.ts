import type { Checked, Report, TestMessage } from '../../shared/model.ts';
import type { CommandName } from '../../shared/messages/command-line.ts';
import type { Problem } from '../../shared/problem.ts';
import { exitCode } from './exit-code.ts';
import type { Row } from './row.ts';

/** Rows under one heading: an account, or what belongs to none. */
export interface Section {
  readonly heading?: string;
  readonly rows: readonly Row[];
}

/** How a command ended: everything that the exit code and both kinds of output are made from. */
export interface Ending {
  /** `remove` is the app's alone. */
  readonly command: CommandName | 'remove' | 'help' | 'version' | 'none';
  readonly code: number;
  readonly account?: string;
  readonly run?: string;
  readonly changed: boolean;
  readonly checks: readonly Checked[];
  readonly sections: readonly Section[];
  readonly warnings: readonly Problem[];
  readonly stopped?: Problem;
  readonly message?: TestMessage;
  /** Lines for people that are no rows: help, history. */
  readonly lines: readonly string[];
  /** One honest sentence, or a few. */
  readonly summary: readonly string[];
  /** What to do about it, for people only. */
  readonly hints: readonly string[];
  /** Fields of one command's JSON only. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export const EMPTY: Omit<Ending, 'command'> = {
  code: 0,
  changed: false,
  checks: [],
  sections: [],
  warnings: [],
  lines: [],
  summary: [],
  hints: [],
  extra: {},
};

/** A command that a Problem ended before there was anything to show. */
export function stoppedEnding(command: Ending['command'], stopped: Problem): Ending {
  const report: Report = { command, checks: [], outcomes: [], warnings: [], stopped };
  return { ...EMPTY, command, code: exitCode([report]), stopped };
}
