import type {
  Answer,
  CallName,
  PlanView,
  ProgressEvent,
  RekeyApi,
  Reply,
  Request,
} from '../shared/contract.ts';
import type { Action, Recovered } from './wizard-state.ts';

/** What the user can set going; each ends in actions for the reducer and never rejects. */
export interface Acts {
  /** Looks at the computer and picks up a run that a reload left behind. */
  readonly begin: () => Promise<void>;
  /** A fact about a run; the end of one that this page did not start brings its report. */
  readonly heard: (event: ProgressEvent) => Promise<void>;
  readonly scan: () => Promise<void>;
  readonly choose: (account: string) => Promise<void>;
  readonly lookAgain: (planId: string) => Promise<void>;
  /** The one call with the password; the request is not kept. */
  readonly check: (request: Omit<Request<'apply'>, 'id'>) => Promise<void>;
  /** Removes old passwords; the request is not kept. */
  readonly removeOld: (request: Omit<Request<'removeOld'>, 'id'>) => Promise<void>;
  /** Puts removed passwords back, run by run in this order, and looks at the plan again. */
  readonly putBack: (planId: string, runs: readonly Removal[]) => Promise<void>;
  readonly cancel: (id: string) => Promise<void>;
  readonly undo: (run: string, only: readonly string[]) => Promise<void>;
  readonly recover: (direction: Recovered['direction']) => Promise<void>;
  readonly remember: () => Promise<void>;
  readonly undoRun: (run: string) => Promise<void>;
  readonly forget: (run: string) => Promise<void>;
  /** The path that was saved to; undefined when the user chose none. */
  readonly save: (format: 'html' | 'json', language: string) => Promise<string | undefined>;
}

/** Old passwords that one run removed. */
export interface Removal {
  readonly run: string;
  readonly rows: readonly string[];
}

type Dispatch = (action: Action) => void;
type ValueOf<C extends CallName> = Extract<Answer<C>, { ok: true }>['value'];

/** The acts over one API; `newId` names runs. */
export function actsOver(api: RekeyApi, dispatch: Dispatch, newId: () => string): Acts {
  return { ...looking(api, dispatch), ...running(api, dispatch, newId), ...past(api, dispatch) };
}

/** Sends a call's value on, or its Problem as trouble. */
const telling =
  (dispatch: Dispatch) =>
  <C extends CallName>(answer: Answer<C>, then: (value: ValueOf<C>) => void): void =>
    answer.ok ? then(answer.value) : dispatch({ type: 'troubled', problem: answer.problem });

function looking(api: RekeyApi, dispatch: Dispatch): Pick<Acts, 'scan' | 'choose' | 'lookAgain' | 'recover'> {
  const tell = telling(dispatch);
  const scan = async (): Promise<void> =>
    tell<'scan'>(await api.scan({}), (value) => dispatch({ type: 'scanned', scan: value }));
  return {
    scan,
    choose: async (account) => {
      dispatch({ type: 'waiting' });
      tell<'plan'>(await api.plan({ account }), (plan) => dispatch({ type: 'planned', plan }));
    },
    lookAgain: async (planId) => {
      const answer = await api.recheck({ planId });
      if (answer.ok) dispatch({ type: 'looked-again', plan: answer.value });
    },
    recover: async (direction) => {
      dispatch({ type: 'waiting' });
      tell<'recover'>(await api.recover({ direction }), ({ reports }) =>
        dispatch({ type: 'recovered', recovered: { direction, reports } }),
      );
      await scan();
    },
  };
}

function running(
  api: RekeyApi,
  dispatch: Dispatch,
  newId: () => string,
): Pick<Acts, 'begin' | 'heard' | 'check' | 'removeOld' | 'cancel'> {
  const mine = new Set<string>();
  const pickUp = async (): Promise<void> => {
    const answer = await api.current({});
    if (!answer.ok) return;
    const { id, running, command, plan, facts, report } = answer.value;
    if (command === 'remove' && plan) await pickUpRemoval(plan, answer.value);
    else if (id !== undefined && running) dispatch({ type: 'resumed', id, facts, ...(plan ? { plan } : {}) });
    else if (report?.command === 'apply') dispatch({ type: 'reported', report, ...(plan ? { plan } : {}) });
  };
  const { lookAgain } = looking(api, dispatch);
  const pickUpRemoval = async (
    plan: PlanView,
    { id = '', running, report }: Reply<'current'>,
  ): Promise<void> => {
    if (running) return dispatch({ type: 'removing', id, steps: [], plan });
    if (report) dispatch({ type: 'removed', report, plan });
    await lookAgain(plan.planId);
  };
  return {
    begin: async () => {
      await looking(api, dispatch).scan();
      await pickUp();
    },
    heard: async (event) => {
      dispatch({ type: 'progressed', event });
      if (event.fact.kind === 'ended' && !mine.has(event.id)) await pickUp();
    },
    check: async (request) => {
      const id = newId();
      mine.add(id);
      dispatch({ type: 'started', id, steps: request.steps, testMessage: request.testMessage !== undefined });
      const answer = await api.apply({ id, ...request });
      dispatch(
        answer.ok ? { type: 'reported', report: answer.value } : { type: 'refused', problem: answer.problem },
      );
    },
    removeOld: async (request) => {
      const id = newId();
      mine.add(id);
      dispatch({ type: 'removing', id, steps: request.steps });
      const answer = await api.removeOld({ id, ...request });
      dispatch(
        answer.ok ? { type: 'removed', report: answer.value } : { type: 'troubled', problem: answer.problem },
      );
      await lookAgain(request.planId);
    },
    cancel: async (id) => {
      dispatch({ type: 'cancelling' });
      await api.cancel({ id });
    },
  };
}

function past(
  api: RekeyApi,
  dispatch: Dispatch,
): Pick<Acts, 'undo' | 'undoRun' | 'putBack' | 'remember' | 'forget' | 'save'> {
  const tell = telling(dispatch);
  const remember = async (): Promise<void> =>
    tell<'history'>(await api.history({}), ({ runs }) => dispatch({ type: 'remembered', runs }));
  const undo = async (run: string, only: readonly string[]): Promise<void> => {
    dispatch({ type: 'waiting' });
    tell<'undo'>(await api.undo({ run, only: [...only] }), (report) => dispatch({ type: 'undone', report }));
    await remember();
  };
  return {
    remember,
    undo,
    undoRun: (run) => undo(run, []),
    putBack: async (planId, runs) => {
      for (const { run, rows } of runs) await undo(run, rows);
      await looking(api, dispatch).lookAgain(planId);
    },
    forget: async (run) => {
      dispatch({ type: 'waiting' });
      tell<'forget'>(await api.forget({ run }), () => undefined);
      await remember();
    },
    save: async (format, language) => {
      const answer = await api.saveReport({ format, language });
      if (answer.ok) return answer.value.path;
      dispatch({ type: 'troubled', problem: answer.problem });
      return undefined;
    },
  };
}
