import { z } from 'zod';
import { GUIDE_IDS } from './guides.ts';
import { PROBLEM_KINDS, type ProblemKind } from './problem.ts';

/** A Problem as it crosses to the page; its sentence is looked up there, in the page's language. */
const problem = z.object({
  kind: z.enum(PROBLEM_KINDS as [ProblemKind, ...ProblemKind[]]),
  subject: z.string().optional(),
  detail: z.string().optional(),
});

const text = z.string().max(4096);
const id = z.string().max(200);
/** A password on its way in: it never appears in any reply. */
const password = z.string().min(1).max(4096);

const protocol = z.enum(['imap', 'pop3', 'smtp', 'ews', 'activesync', 'dav', 'git', 'other']);
const state = z.enum(['current', 'stale', 'missing', 'unknown', 'locked', 'oauth', 'unsupported']);
const outcomeKind = z.enum(['written', 'unchanged', 'skipped', 'deferred', 'failed', 'changed', 'manual']);

/** A mail program that is open now and goes on trying the old password. */
const program = z.object({ name: z.string(), account: z.string().optional() });

const accountCard = z.object({
  address: z.string(),
  places: z.number().int(),
  programs: z.array(z.string()),
  /** True when every place of the account signs in with a token: there is no password to store. */
  signsInWithTokens: z.boolean(),
});

/** One slot as a row of the Places and Result screens. */
const placeRow = z.object({
  id,
  /** The program, for grouping: `Thunderbird`. */
  program: z.string(),
  /** What the program calls it: `alex@example.org, profile default`. */
  name: z.string(),
  protocols: z.array(protocol),
  /** For people: paths below the home folder begin with `~`. */
  where: z.string(),
  login: z.string(),
  host: z.string(),
  /** Other programs that read the same stored password. */
  alsoIn: z.array(z.string()),
  state,
  certainty: z.enum(['certain', 'probable', 'unrelated']),
  /** `remove`: an old password that nothing reads any more; only `removeOld` touches it. */
  effect: z.enum(['write', 'add', 'remove']),
  /** A program's own copy of another place. */
  backup: z.boolean().optional(),
  ticked: z.boolean(),
  /** False where no tick can change anything (OAuth, unsupported, another program's command). */
  tickable: z.boolean(),
  reason: problem.optional(),
  /** How a person changes what Rekey cannot; its steps name the row's program, where, host and login. */
  guide: z.enum(GUIDE_IDS).optional(),
  preconditions: z.array(problem),
  warnings: z.array(problem),
  /** The profile or file whose primary password opens this row. */
  unlock: z.string().optional(),
  verifiable: z.boolean(),
});

const runSummary = z.object({
  id,
  account: z.string(),
  at: z.number(),
  state: z.enum(['prepared', 'committed', 'rolling-back', 'rolled-back']),
  places: z.array(z.string()),
  changes: z.number().int(),
  waiting: z.number().int(),
  undoable: z.boolean(),
  /** Set where the run only took old passwords away. */
  removes: z.literal(true).optional(),
  /** Milliseconds since the epoch after which the undo data is deleted. */
  keptUntil: z.number(),
});

const endpoint = z.object({
  protocol: z.enum(['imap', 'pop3', 'smtp']),
  host: z.string(),
  port: z.number().int(),
  login: z.string(),
});

const checkRow = z.object({ endpoint, accepted: z.boolean(), problem: problem.optional(), ms: z.number() });

/** What became of a test message; `problem` says why it failed, or that it was not seen in time. */
const message = z.object({
  result: z.enum(['arrived', 'sent', 'failed']),
  problem: problem.optional(),
  ms: z.number(),
});

const outcomeRow = z.object({
  row: placeRow,
  outcome: outcomeKind,
  reason: problem.optional(),
  verified: z.boolean().optional(),
});

const command = z.enum(['apply', 'undo', 'recover', 'remove']);

/** How a run ended, for the Result screen, the ticket text and the saved report. */
const report = z.object({
  /** An undo's `written` means that the old bytes are back. */
  command,
  account: z.string().optional(),
  run: id.optional(),
  checks: z.array(checkRow),
  outcomes: z.array(outcomeRow),
  warnings: z.array(problem),
  stopped: problem.optional(),
  message: message.optional(),
  /** How many more rejections the account may have before Rekey waits. */
  triesLeft: z.number().int(),
});

const plan = z.object({
  planId: id,
  account: z.string(),
  rows: z.array(placeRow),
  /** Where the password will be tried. */
  endpoints: z.array(endpoint),
  /** Files or profiles that could not be understood, tied to no row. */
  troubles: z.array(problem),
});

const fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('checking'), endpoint }),
  z.object({ kind: z.literal('checked'), check: checkRow }),
  z.object({ kind: z.literal('writing'), step: id }),
  z.object({ kind: z.literal('finished'), step: id, outcome: outcomeKind }),
  z.object({ kind: z.literal('message'), stage: z.enum(['sending', 'waiting']) }),
  z.object({ kind: z.literal('messaged'), message }),
  /** The last fact of every run: `current` holds its report now, for a page that did not wait for the reply. */
  z.object({ kind: z.literal('ended') }),
]);

/** Every call of the page: what goes in and what comes back. Replies are values, never rejections. */
export const CALLS = {
  /** What is on this computer; opens nothing. */
  scan: {
    request: z.object({}),
    reply: z.object({
      accounts: z.array(accountCard),
      running: z.array(program),
      unfinished: z.array(runSummary),
      /** The programs that were looked for, for the empty state. */
      looked: z.array(z.string()),
    }),
  },
  /** What would change for one account; the plan is kept in main under its id. */
  plan: { request: z.object({ account: text, login: text.optional() }), reply: plan },
  /** The same plan looked at again, after a program was closed or a keyring unlocked. */
  recheck: { request: z.object({ planId: id }), reply: plan },
  /**
   * The one call that carries the password: check, write, read back. `changed` when the plan is no longer of today,
   * which it is not after any run that wrote: `recheck` first.
   */
  apply: {
    request: z.object({
      id,
      planId: id,
      steps: z.array(id).max(500),
      password,
      oldPassword: password.optional(),
      unlocks: z.record(text, password),
      /** Ask the servers although every place that can be read holds this password: else `already-stored`. */
      evenIfStored: z.boolean().optional(),
      /** Send a message from the account to itself when the places are done, in the page's language. */
      testMessage: z.object({ language: z.string().max(35) }).optional(),
    }),
    reply: report,
  },
  /**
   * Takes old passwords away that nothing reads any more; no password, no login. `changed` as for `apply`, `usage` for
   * a row whose effect is not `remove`.
   */
  removeOld: {
    request: z.object({
      id,
      planId: id,
      steps: z.array(id).max(500),
      unlocks: z.record(text, password),
    }),
    reply: report,
  },
  cancel: { request: z.object({ id }), reply: z.object({}) },
  /** Its progress and its cancel go by the id of the run. */
  undo: { request: z.object({ run: id, only: z.array(id).max(500) }), reply: report },
  history: { request: z.object({}), reply: z.object({ runs: z.array(runSummary) }) },
  forget: { request: z.object({ run: id }), reply: z.object({}) },
  /** Its progress and its cancel go by the id `recover`. */
  recover: {
    request: z.object({ direction: z.enum(['forward', 'back']) }),
    reply: z.object({ reports: z.array(report) }),
  },
  /** The run that is going on, or the last one of this window: a page that was reloaded finds it again. */
  current: {
    request: z.object({}),
    reply: z.object({
      id: id.optional(),
      running: z.boolean(),
      command: command.optional(),
      /** What the run works on, where it began from a plan, and everything it has told so far. */
      plan: plan.optional(),
      facts: z.array(fact),
      report: report.optional(),
    }),
  },
  /** Asks where to, and saves the last report. */
  saveReport: {
    request: z.object({ format: z.enum(['html', 'json']), language: z.string().max(35).optional() }),
    reply: z.object({ path: z.string().optional() }),
  },
} as const;

export type CallName = keyof typeof CALLS;
export type Request<C extends CallName> = z.infer<(typeof CALLS)[C]['request']>;
export type Reply<C extends CallName> = z.infer<(typeof CALLS)[C]['reply']>;

/** What every call resolves to. */
export type Answer<C extends CallName> =
  | { readonly ok: true; readonly value: Reply<C> }
  | { readonly ok: false; readonly problem: z.infer<typeof problem> };

/** Facts about the run with this id while it goes on. */
export const PROGRESS = z.object({ id, fact });

export type ProgressEvent = z.infer<typeof PROGRESS>;
export type Fact = z.infer<typeof fact>;

/** What the page sees of the rest of the app: `window.rekey`. */
export type RekeyApi = { readonly [C in CallName]: (request: Request<C>) => Promise<Answer<C>> } & {
  /** Returns the way to stop listening. */
  readonly onProgress: (listener: (event: ProgressEvent) => void) => () => void;
};

export type AccountCard = z.infer<typeof accountCard>;
export type PlaceRow = z.infer<typeof placeRow>;
export type OutcomeRow = z.infer<typeof outcomeRow>;
export type CheckRow = z.infer<typeof checkRow>;
export type MessageView = z.infer<typeof message>;
export type ReportView = z.infer<typeof report>;
export type PlanView = z.infer<typeof plan>;
export type RunSummary = z.infer<typeof runSummary>;
