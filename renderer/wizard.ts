import type { Fact, PlaceRow, PlanView, ReportView } from '../shared/contract.ts';
import type { Problem, ProblemKind } from '../shared/problem.ts';
import { isTold } from './view/place-groups.ts';
import type { Action, Login, Run, RunningProgram, Screen, Wizard } from './wizard-state.ts';

/** The page's whole state after something happened: pure, and the only place where screens follow each other. */
export function wizard(state: Wizard, action: Action): Wizard {
  switch (action.type) {
    case 'scanned':
      return { ...state, scan: action.scan, seen: seen(state.seen, action.scan.running), busy: false };
    case 'waiting':
      return { ...without(state, 'trouble'), busy: true };
    case 'planned':
      return planned(state, action.plan);
    case 'looked-again':
      return state.plan?.planId === action.plan.planId ? { ...state, plan: action.plan } : state;
    case 'ticked':
      return { ...state, ticks: { ...state.ticks, [action.row]: action.on } };
    case 'test-message':
      return { ...state, testMessage: action.on };
    case 'went':
      return went(state, action.screen);
    case 'started':
      return started(state, action);
    case 'resumed':
      return resumed(state, action);
    case 'progressed':
      return state.run?.id === action.event.id
        ? { ...state, run: progressed(state.run, action.event.fact) }
        : state;
    case 'cancelling':
      return state.run ? { ...state, run: { ...state.run, cancelling: true } } : state;
    case 'reported':
      return reported(action.plan ? { ...state, plan: action.plan } : state, action.report);
    case 'refused':
      return refused(state, { problem: action.problem, nothingChanged: false });
    case 'removing':
      return removing(state, action);
    case 'removed':
      return removed(state, action);
    case 'undone':
      return { ...state, undone: [...state.undone, action.report], busy: false };
    case 'recovered':
      return { ...state, recovered: action.recovered, busy: false };
    case 'remembered':
      return { ...state, history: action.runs, busy: false };
    case 'troubled':
      return troubled(state, action.problem);
  }
}

/** Whether the row is to be changed: the user's own tick counts more than the proposed one. */
export const isTicked = ({ ticks }: Pick<Wizard, 'ticks'>, row: PlaceRow): boolean =>
  row.tickable && (ticks[row.id] ?? row.ticked);

function seen(
  before: readonly RunningProgram[],
  running: readonly RunningProgram[],
): readonly RunningProgram[] {
  const news = running.filter(({ name }) => !before.some((each) => each.name === name));
  return news.length === 0 ? before : [...before, ...news];
}

function planned(state: Wizard, plan: PlanView): Wizard {
  const fresh = without(state, 'refusal', 'report', 'run', 'recovered');
  return { ...fresh, plan, ticks: {}, undone: [], removed: [], screen: screenOf(plan), busy: false };
}

const screenOf = (plan: PlanView): Screen => (takesNoPassword(plan) ? 'sign-in' : 'places');

function takesNoPassword({ rows }: PlanView): boolean {
  const own = rows.filter((row) => !isTold(row));
  return own.length > 0 && own.every(({ state }) => state === 'oauth');
}

function went(state: Wizard, screen: Screen): Wizard {
  const clean = without(state, 'trouble', 'recovered');
  const before = screen === 'history' && state.screen !== 'history' ? state.screen : state.before;
  const gone = screen === 'account' || screen === 'places' ? without(clean, 'refusal') : clean;
  return { ...gone, screen, before, busy: false };
}

const started = (
  state: Wizard,
  { id, steps, testMessage }: Omit<Extract<Action, { type: 'started' }>, 'type'>,
): Wizard => ({
  ...without(state, 'refusal', 'report', 'trouble'),
  screen: 'progress',
  undone: [],
  run: {
    id,
    steps,
    logins: [],
    places: {},
    cancelling: false,
    ...(testMessage ? { message: 'ahead' as const } : {}),
  },
  busy: false,
});

/** Old passwords are removed where they are shown; a page that was loaded anew shows them first. */
function removing(state: Wizard, { id, steps, plan }: Extract<Action, { type: 'removing' }>): Wizard {
  const run: Run = { id, steps, logins: [], places: {}, cancelling: false };
  return { ...without(shown(state, plan), 'trouble'), run, busy: true };
}

function removed(state: Wizard, { report, plan }: Extract<Action, { type: 'removed' }>): Wizard {
  const rest = without(shown(state, plan), 'run');
  return { ...rest, removed: [...rest.removed, report], busy: false };
}

/** What failed was the removal, if one was going on. */
const troubled = (state: Wizard, trouble: Problem): Wizard => ({
  ...(state.screen === 'progress' ? state : without(state, 'run')),
  trouble,
  busy: false,
});

const shown = (state: Wizard, plan: PlanView | undefined): Wizard =>
  plan ? { ...state, plan, screen: screenOf(plan) } : state;

function resumed(state: Wizard, { id, plan, facts }: Extract<Action, { type: 'resumed' }>): Wizard {
  const begun = started(plan ? { ...state, plan } : state, { id, steps: [] });
  return begun.run ? { ...begun, run: facts.reduce(progressed, begun.run) } : begun;
}

function progressed(run: Run, fact: Fact): Run {
  switch (fact.kind) {
    case 'checking':
      return { ...run, logins: [...run.logins, { endpoint: fact.endpoint, state: 'checking' }] };
    case 'checked': {
      const { endpoint, accepted, problem } = fact.check;
      const verdict: Login = {
        endpoint,
        state: accepted ? 'accepted' : 'refused',
        ...(problem ? { problem } : {}),
      };
      return { ...run, logins: [...run.logins.filter((each) => !sameEndpoint(each, verdict)), verdict] };
    }
    case 'message':
      return { ...run, message: fact.stage };
    case 'messaged':
      return { ...run, message: fact.message };
    case 'writing':
      return {
        ...run,
        steps: including(run.steps, fact.step),
        places: { ...run.places, [fact.step]: 'writing' },
      };
    case 'finished':
      return {
        ...run,
        steps: including(run.steps, fact.step),
        places: { ...run.places, [fact.step]: fact.outcome },
      };
    case 'ended':
      return run;
  }
}

const including = (steps: readonly string[], step: string): readonly string[] =>
  steps.includes(step) ? steps : [...steps, step];

const sameEndpoint = ({ endpoint: a }: Login, { endpoint: b }: Login): boolean =>
  a.protocol === b.protocol && a.host === b.host && a.port === b.port;

/** The server said that there is nothing to store: the account signs in elsewhere. */
const SIGNS_IN_ELSEWHERE: ReadonlySet<ProblemKind> = new Set(['basic-auth-disabled', 'oauth']);

function reported(state: Wizard, report: ReportView): Wizard {
  const { stopped, triesLeft } = report;
  const untouched = !report.outcomes.some(({ outcome }) => outcome === 'written');
  if (!stopped || !untouched) return { ...without(state, 'run'), report, screen: 'result', busy: false };
  if (SIGNS_IN_ELSEWHERE.has(stopped.kind))
    return { ...without(state, 'run'), report, screen: 'sign-in', busy: false };
  return refused(state, { problem: stopped, nothingChanged: true, triesLeft });
}

/** A run that ended early goes back to where it was started from; without a plan that is the beginning. */
function refused(state: Wizard, refusal: NonNullable<Wizard['refusal']>): Wizard {
  const rest = without(state, 'run');
  if (!state.plan) return { ...rest, screen: 'account', trouble: refusal.problem, busy: false };
  return { ...rest, screen: 'password', refusal, busy: false };
}

type Optional = 'plan' | 'run' | 'refusal' | 'report' | 'recovered' | 'trouble';

function without(state: Wizard, ...names: readonly Optional[]): Wizard {
  const copy: { -readonly [K in keyof Wizard]: Wizard[K] } = { ...state };
  for (const name of names) delete copy[name];
  return copy;
}
