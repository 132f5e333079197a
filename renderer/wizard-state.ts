import type {
  CheckRow,
  Fact,
  PlanView,
  ProgressEvent,
  Reply,
  ReportView,
  RunSummary,
} from '../shared/contract.ts';
import type { OutcomeKind } from '../shared/model.ts';
import type { Problem } from '../shared/problem.ts';
import type { MessageProgress } from './view/message-state.ts';

export type Screen = 'account' | 'places' | 'password' | 'progress' | 'result' | 'sign-in' | 'history';
export type ScanView = Reply<'scan'>;
export type RunningProgram = ScanView['running'][number];
export type Endpoint = CheckRow['endpoint'];

/** One login of a run while it goes on: `problem` is set where the server did not accept. */
export interface Login {
  readonly endpoint: Endpoint;
  readonly state: 'checking' | 'accepted' | 'refused';
  readonly problem?: Problem;
}

/** A run as far as its progress has told. */
export interface Run {
  readonly id: string;
  /** The ticked rows, in the order of the plan; after a reload, those that the run has told of. */
  readonly steps: readonly string[];
  readonly logins: readonly Login[];
  readonly places: Readonly<Record<string, 'writing' | OutcomeKind>>;
  readonly cancelling: boolean;
  /** Set where a test message was asked for. */
  readonly message?: MessageProgress;
}

/** Why a run ended before it touched anything, for the Password screen. */
export interface Refusal {
  readonly problem: Problem;
  /** True when the report says that no place was touched. */
  readonly nothingChanged: boolean;
  readonly triesLeft?: number;
}

export interface Wizard {
  readonly screen: Screen;
  /** Unset until the first look at the computer has ended. */
  readonly scan?: ScanView;
  /** Every program seen open since the start, so that a closed one can be shown as closed. */
  readonly seen: readonly RunningProgram[];
  readonly plan?: PlanView;
  /** The user's own ticks, which a later look at the places keeps. */
  readonly ticks: Readonly<Record<string, boolean>>;
  /** Send a test message at the end. */
  readonly testMessage: boolean;
  readonly run?: Run;
  readonly refusal?: Refusal;
  readonly report?: ReportView;
  /** What undo said about places of the report. */
  readonly undone: readonly ReportView[];
  /** What was said about removing old passwords of the plan, the latest last. */
  readonly removed: readonly ReportView[];
  readonly recovered?: Recovered;
  readonly history?: readonly RunSummary[];
  /** Where the history was opened from. */
  readonly before: Screen;
  /** A call that failed and belongs to no row; it stands above the screen's content. */
  readonly trouble?: Problem;
  /** A call is under way whose answer the screen waits for. */
  readonly busy: boolean;
}

export interface Recovered {
  readonly direction: 'forward' | 'back';
  readonly reports: readonly ReportView[];
}

export type Action =
  | { readonly type: 'scanned'; readonly scan: ScanView }
  | { readonly type: 'waiting' }
  | { readonly type: 'planned'; readonly plan: PlanView }
  | { readonly type: 'looked-again'; readonly plan: PlanView }
  | { readonly type: 'ticked'; readonly row: string; readonly on: boolean }
  | { readonly type: 'went'; readonly screen: Screen }
  | { readonly type: 'test-message'; readonly on: boolean }
  | {
      readonly type: 'started';
      readonly id: string;
      readonly steps: readonly string[];
      readonly testMessage?: boolean;
    }
  | {
      readonly type: 'resumed';
      readonly id: string;
      readonly plan?: PlanView;
      readonly facts: readonly Fact[];
    }
  | { readonly type: 'progressed'; readonly event: ProgressEvent }
  | { readonly type: 'cancelling' }
  | { readonly type: 'reported'; readonly report: ReportView; readonly plan?: PlanView }
  | { readonly type: 'refused'; readonly problem: Problem }
  | {
      readonly type: 'removing';
      readonly id: string;
      readonly steps: readonly string[];
      readonly plan?: PlanView;
    }
  | { readonly type: 'removed'; readonly report: ReportView; readonly plan?: PlanView }
  | { readonly type: 'undone'; readonly report: ReportView }
  | { readonly type: 'recovered'; readonly recovered: Recovered }
  | { readonly type: 'remembered'; readonly runs: readonly RunSummary[] }
  | { readonly type: 'troubled'; readonly problem: Problem };

export const BEGINNING: Wizard = {
  screen: 'account',
  seen: [],
  ticks: {},
  testMessage: false,
  undone: [],
  removed: [],
  before: 'account',
  busy: true,
};
