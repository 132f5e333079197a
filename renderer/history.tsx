import { useEffect, useState } from 'react';
import type { OutcomeRow, ReportView, RunSummary } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Messages } from '../shared/messages/messages.ts';
import type { Acts } from './acts.ts';
import { Band } from './band.tsx';
import { Confirm } from './confirm.tsx';
import { Frame } from './frame.tsx';
import { Mark } from './mark.tsx';
import { Reason } from './place-row.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import type { Look } from './view/place-state.ts';
import { dayOf, momentOf } from './view/words.ts';
import type { Screen, Wizard } from './wizard-state.ts';

interface HistoryProps {
  readonly wizard: Wizard;
  readonly acts: Acts;
  readonly go: (screen: Screen) => void;
}

type Question = { readonly run: RunSummary; readonly act: 'undo' | 'forget' };

/** The runs whose undo data is kept, with their last day. */
export function HistoryScreen({ wizard, acts, go }: HistoryProps) {
  const { history: texts, result, signIn, frame } = useMessages().page;
  const [question, setQuestion] = useState<Question>();
  const asks = question?.run.removes ? signIn : result;
  const { remember } = acts;
  useEffect(() => void remember(), [remember]);
  const [before] = useState(wizard.undone.length);
  const undone = wizard.undone.slice(before).at(-1);
  const runs = wizard.history ?? [];
  return (
    <Frame
      heading={texts.heading}
      help={<p>{texts.help}</p>}
      foot={
        <button type="button" className="button" onClick={() => go(wizard.before)}>
          {frame.back}
        </button>
      }
    >
      <Trouble problem={wizard.trouble} />
      {undone ? <Undone report={undone} /> : null}
      {runs.length === 0 ? (
        <p className="empty">{texts.none}</p>
      ) : (
        <ul className="rows">
          {runs.map((run) => (
            <Run key={run.id} run={run} busy={wizard.busy} ask={(act) => setQuestion({ run, act })} />
          ))}
        </ul>
      )}
      {question ? (
        <Confirm
          question={question.act === 'undo' ? count(asks.undoAsk, question.run.changes) : texts.forgetAsk}
          warning={question.act === 'undo' ? asks.undoWarning : texts.forgetWarning}
          act={question.act === 'undo' ? result.undo : texts.forget}
          onAct={() => void (question.act === 'undo' ? acts.undoRun : acts.forget)(question.run.id)}
          onClose={() => setQuestion(undefined)}
        />
      ) : null}
    </Frame>
  );
}

/** What an undo from here did, and what it left alone. */
function Undone({ report }: { readonly report: ReportView }) {
  const { result: texts, frame } = useMessages().page;
  const back = report.outcomes.filter(isBack).length;
  const title = fill(count(texts.restored, back), { places: count(frame.places, report.outcomes.length) });
  return (
    <Band tone={back === report.outcomes.length ? 'calm' : 'warning'} title={title} live>
      {report.outcomes
        .filter((outcome) => !isBack(outcome))
        .map(({ row, reason }) => (
          <div key={row.id}>
            <p>{`${row.program}, ${row.name}`}</p>
            <Reason problem={reason} when="after" />
          </div>
        ))}
    </Band>
  );
}

const isBack = ({ outcome }: OutcomeRow): boolean => outcome === 'written' || outcome === 'unchanged';

const LOOKS: Readonly<Record<RunSummary['state'], Look>> = {
  prepared: { shape: 'alert', tone: 'warning' },
  committed: { shape: 'done', tone: 'accent' },
  'rolling-back': { shape: 'alert', tone: 'warning' },
  'rolled-back': { shape: 'hollow', tone: 'quiet' },
};

/** `6 changed, 1 waiting`, as the run ended; one that was cut off has not ended. */
function tallyOf({ page: { history: texts, frame } }: Messages, run: RunSummary): string {
  const { state, changes, waiting, removes } = run;
  if (state === 'prepared') return count(frame.places, changes);
  const parts = [
    count(removes ? texts.removed : texts.changed, changes),
    ...(waiting > 0 ? [count(texts.waiting, waiting)] : []),
  ];
  return parts.join(', ');
}

interface RunProps {
  readonly run: RunSummary;
  readonly busy: boolean;
  readonly ask: (act: Question['act']) => void;
}

function Run({ run, busy, ask }: RunProps) {
  const messages = useMessages();
  const { history: texts, result } = messages.page;
  const moment = momentOf(messages, run.at);
  return (
    <li className="row">
      <div className="row-main">
        <span className="row-name">
          {moment}
          <span className="uses">{tallyOf(messages, run)}</span>
        </span>
        <p className="where">
          {run.account}
          {run.undoable ? (
            <span className="notes">{fill(texts.until, { date: dayOf(messages, run.keptUntil) })}</span>
          ) : null}
        </p>
      </div>
      <div className="row-state">
        <Mark look={LOOKS[run.state]}>{texts.states[run.state]}</Mark>
      </div>
      <div className="row-act">
        {run.undoable ? (
          <button
            type="button"
            className="button quiet"
            disabled={busy}
            aria-label={fill(texts.undoOf, { run: moment })}
            onClick={() => ask('undo')}
          >
            {result.undo}
          </button>
        ) : null}
        <button
          type="button"
          className="button quiet"
          disabled={busy}
          aria-label={fill(texts.forgetOf, { run: moment })}
          onClick={() => ask('forget')}
        >
          {texts.forget}
        </button>
      </div>
    </li>
  );
}
