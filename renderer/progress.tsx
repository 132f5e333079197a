import { useEffect, useState } from 'react';
import type { PlaceRow, PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Messages } from '../shared/messages/messages.ts';
import type { OutcomeKind } from '../shared/model.ts';
import type { Acts } from './acts.ts';
import { Frame } from './frame.tsx';
import { Groups, grouped } from './groups.tsx';
import { Mark } from './mark.tsx';
import { MessageSection } from './message-row.tsx';
import { ServerRow } from './server-row.tsx';
import { useMessages } from './speech.ts';
import { messageState, stateOf } from './view/message-state.ts';
import type { Look } from './view/place-state.ts';
import { RESULT_LOOKS } from './view/result-view.ts';
import { endpointKey, serverNames } from './view/servers.ts';
import { SHOW_TIME_AFTER_MS } from './view/words.ts';
import type { Endpoint, Login, Run } from './wizard-state.ts';

const NOT_YET: Look = { shape: 'hollow', tone: 'quiet' };
const AT_WORK: Look = { shape: 'half', tone: 'accent' };

interface ProgressProps {
  readonly run: Run;
  readonly plan: PlanView | undefined;
  readonly acts: Acts;
}

/** The run while it goes on, in the place where its result will stand. */
export function ProgressScreen({ run, plan, acts }: ProgressProps) {
  const messages = useMessages();
  const { progress: texts, frame } = messages.page;
  const rows = run.steps.flatMap((id) => plan?.rows.filter((row) => row.id === id) ?? []);
  const { heading, help, note } = sayingOf(run, rows.length, messages);
  return (
    <Frame
      heading={heading}
      help={<p>{help}</p>}
      onlyText
      foot={
        <>
          <button
            type="button"
            className="button"
            disabled={run.cancelling}
            onClick={() => void acts.cancel(run.id)}
          >
            {run.cancelling ? texts.stopping : frame.cancel}
          </button>
          <p className="foot-note">{note}</p>
        </>
      }
    >
      <Logins run={run} endpoints={plan?.endpoints ?? []} />
      {run.message ? <MessageSection message={run.message} kind="group" /> : null}
      <Groups groups={grouped(rows.map((row) => ({ row })))} level={2}>
        {({ lines }) => lines.map(({ row }) => <Line key={row.id} row={row} told={run.places[row.id]} />)}
      </Groups>
      <Told run={run} rows={rows} />
    </Frame>
  );
}

/** What the run is at, and what a cancel would do now. */
function sayingOf({ message, places }: Run, rows: number, { page, testMessage }: Messages) {
  const { progress: texts } = page;
  if (message === 'sending' || message === 'waiting')
    return { heading: testMessage.heading, help: testMessage.help, note: testMessage.cancel };
  return Object.keys(places).length > 0
    ? { heading: count(texts.updating, rows), help: texts.help, note: texts.cancelDuring }
    : { heading: texts.checking, help: texts.help, note: texts.cancelBefore };
}

function Logins({ run, endpoints }: { readonly run: Run; readonly endpoints: readonly Endpoint[] }) {
  const messages = useMessages();
  const { progress: texts } = messages.page;
  const names = serverNames(messages, endpoints);
  return (
    <section className="group">
      <h2 className="group-name">{texts.server}</h2>
      <ul className="rows">
        {endpoints.map((endpoint, index) => (
          <LoginLine
            key={endpointKey(endpoint)}
            endpoint={endpoint}
            name={names[index] ?? endpoint.host}
            login={run.logins.find(isOf(endpoint))}
          />
        ))}
      </ul>
    </section>
  );
}

const isOf =
  (endpoint: Endpoint) =>
  (login: Login): boolean =>
    endpointKey(login.endpoint) === endpointKey(endpoint);

const LOGIN_LOOKS: Readonly<Record<Login['state'], Look>> = {
  checking: AT_WORK,
  accepted: { shape: 'done', tone: 'accent' },
  refused: { shape: 'cross', tone: 'warning' },
};

interface LoginLineProps {
  readonly endpoint: Endpoint;
  readonly name: string;
  readonly login: Login | undefined;
}

function LoginLine({ endpoint, name, login }: LoginLineProps) {
  const { progress: texts } = useMessages().page;
  const state = login?.state;
  return (
    <ServerRow name={name} protocol={endpoint.protocol}>
      {state === 'checking' ? <Elapsed /> : null}
      <Mark look={state ? LOGIN_LOOKS[state] : NOT_YET}>{texts.checks[state ?? 'waiting']}</Mark>
    </ServerRow>
  );
}

/** Seconds since it appeared, once there is reason to wonder. */
function Elapsed() {
  const { progress: texts } = useMessages().page;
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds * 1000 < SHOW_TIME_AFTER_MS ? null : (
    <span className="elapsed">{fill(texts.seconds, { n: seconds })}</span>
  );
}

function Line({ row, told }: { readonly row: PlaceRow; readonly told: 'writing' | OutcomeKind | undefined }) {
  const { progress: texts, result } = useMessages().page;
  const word =
    told === undefined ? texts.waiting : told === 'writing' ? texts.writing : result.outcomes[told];
  const look = told === undefined ? NOT_YET : told === 'writing' ? AT_WORK : RESULT_LOOKS[told];
  return (
    <li className="row">
      <div className="row-main">
        <span className="row-name">{row.name}</span>
      </div>
      <div className="row-state">
        {told === 'writing' ? <Elapsed /> : null}
        <Mark look={look}>{word}</Mark>
      </div>
    </li>
  );
}

/** Says each login and place that is finished, once, to those who listen. */
function Told({ run, rows }: { readonly run: Run; readonly rows: readonly PlaceRow[] }) {
  const messages = useMessages();
  const { progress: texts, result } = messages.page;
  const names = serverNames(
    messages,
    run.logins.map(({ endpoint }) => endpoint),
  );
  return (
    <ul className="hidden" aria-live="polite" aria-relevant="additions">
      {run.logins.map(({ endpoint, state }, index) =>
        state === 'checking' ? null : (
          <li key={endpointKey(endpoint)}>{`${names[index]}: ${texts.checks[state]}`}</li>
        ),
      )}
      {rows.map(({ id, program, name }) => {
        const told = run.places[id];
        return told === undefined || told === 'writing' ? null : (
          <li key={id}>{`${program}, ${name}: ${result.outcomes[told]}`}</li>
        );
      })}
      {run.message === undefined || run.message === 'ahead' ? null : (
        <li key={`message ${stateOf(run.message)}`}>
          {`${messages.testMessage.title}: ${messageState(messages, run.message).word}`}
        </li>
      )}
    </ul>
  );
}
