import type { OutcomeKind, Protocol, ValueState } from '../model.ts';
import type { GuideId } from '../guides.ts';
import type { ProblemKind } from '../problem.ts';
import type { CommandLineTexts } from './command-line.ts';
import type { PageTexts } from './page.ts';
import type { Plural } from './plural.ts';
import type { SavedReportTexts } from './saved-report.ts';
import type { TestMessageTexts } from './test-message.ts';
import type { WindowTexts } from './window.ts';

/**
 * What one Problem says: what happened, then the one next step.
 * `{subject}` and `{detail}` stand for the Problem's fields; `unnamed` and `undetailed` stand in where a Problem
 * comes without them, so a text that uses the placeholder always brings its stand-in.
 */
export interface ProblemText {
  readonly sentence: string;
  readonly next?: string;
  readonly unnamed?: string;
  readonly undetailed?: string;
}

/** Everything that Rekey says in one language. */
export interface Messages {
  /** BCP 47 language tag, for numbers, dates and lists. */
  readonly language: string;
  readonly problems: Readonly<Record<ProblemKind, ProblemText>>;
  readonly outcomes: Readonly<Record<OutcomeKind, string>>;
  readonly states: Readonly<Record<ValueState, string>>;
  readonly protocols: Readonly<Record<Protocol, string>>;
  /** How long something takes; `{n}` is counted in its unit. */
  readonly durations: Readonly<Record<'seconds' | 'minutes', Plural>>;
  /** The steps by which a person changes what Rekey cannot: `{program}`, `{where}`, `{host}` and `{login}`. */
  readonly guides: Readonly<Record<GuideId, readonly string[]>>;
  readonly commandLine: CommandLineTexts;
  readonly page: PageTexts;
  readonly savedReport: SavedReportTexts;
  readonly testMessage: TestMessageTexts;
  readonly window: WindowTexts;
}
