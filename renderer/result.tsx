import { useEffect, useState } from 'react';
import type { ReportView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Messages } from '../shared/messages/messages.ts';
import type { Acts } from './acts.ts';
import { Confirm } from './confirm.tsx';
import { Frame } from './frame.tsx';
import { ResultParts } from './result-parts.tsx';
import { WhatElse } from './result-else.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { resultView, worksAgain, type ResultView } from './view/result-view.ts';
import { dayOf, namedPrograms } from './view/words.ts';
import type { Screen, Wizard } from './wizard-state.ts';

interface ResultProps {
  readonly wizard: Wizard;
  readonly report: ReportView;
  readonly acts: Acts;
  readonly go: (screen: Screen) => void;
}

/** How the run ended: what works again, what waits and for what, what was not done and why, and what else to do. */
export function ResultScreen({ wizard, report, acts, go }: ResultProps) {
  const messages = useMessages();
  const { result: texts } = messages.page;
  const [asking, setAsking] = useState<readonly string[]>();
  const { remember } = acts;
  useEffect(() => void remember(), [remember]);
  const view = resultView(report, wizard.undone);
  const kept = wizard.history?.find(({ id }) => id === report.run);
  const waiting = view.waiting.length;
  const account = report.account;
  return (
    <Frame
      heading={headline(messages, report, view)}
      help={<Summary report={report} view={view} />}
      foot={
        <>
          {waiting > 0 && account !== undefined ? (
            <button type="button" className="button" onClick={() => go('account')}>
              {texts.done}
            </button>
          ) : null}
          {waiting > 0 && account !== undefined ? (
            <button
              type="button"
              className="button primary"
              disabled={wizard.busy}
              onClick={() => void acts.choose(account)}
            >
              {count(texts.finishRest, waiting)}
            </button>
          ) : (
            <button type="button" className="button primary" onClick={() => go('account')}>
              {texts.done}
            </button>
          )}
        </>
      }
    >
      <Trouble problem={wizard.trouble} />
      <ResultParts
        report={report}
        view={view}
        busy={wizard.busy}
        {...(kept?.undoable ? { undo: { lastDay: dayOf(messages, kept.keptUntil), ask: setAsking } } : {})}
      />
      <WhatElse report={report} undone={wizard.undone} acts={acts} />
      {asking && report.run !== undefined ? (
        <Confirm
          question={count(texts.undoAsk, asking.length)}
          warning={texts.undoWarning}
          act={texts.undo}
          onAct={() => void acts.undo(report.run ?? '', asking)}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
    </Frame>
  );
}

/** What works again, by program, in one sentence. */
function headline(messages: Messages, report: ReportView, view: ResultView): string {
  const { result: texts, frame } = messages.page;
  if (view.changed.length === 0 && view.restored.length > 0) {
    const places = count(frame.places, view.restored.length);
    return fill(count(texts.restored, view.restored.length), { places });
  }
  const works = worksAgain(report, view.changed);
  if (!works) return texts.nothingYet;
  const allUnchanged = view.changed.every(({ word }) => word === 'unchanged');
  if (allUnchanged && view.waiting.length + view.notDone.length === 0) return texts.unchanged;
  return fill(texts.works[works.what], { programs: namedPrograms(messages, works.programs) });
}

/** The numbers, exactly. */
function Summary({ report, view }: { readonly report: ReportView; readonly view: ResultView }) {
  const { result: texts, frame } = useMessages().page;
  const { changed, waiting, notDone, left, meant } = view;
  const sentences = [
    ...(changed.length === 0
      ? []
      : [fill(count(texts.holdNew, changed.length), { places: count(frame.places, meant) })]),
    ...(waiting.length === 0 ? [] : [count(texts.waiting, waiting.length)]),
    ...(notDone.length === 0 ? [] : [count(texts.notDone, notDone.length)]),
    ...(left.length === 0 ? [] : [count(texts.left, left.length)]),
    ...(report.stopped?.kind === 'cancelled' ? [texts.cancelled] : []),
  ];
  return <p>{sentences.join(' ')}</p>;
}
