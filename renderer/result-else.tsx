import { useRef, useState } from 'react';
import type { ReportView } from '../shared/contract.ts';
import { fill } from '../shared/messages/explain.ts';
import type { Acts } from './acts.ts';
import { Devices } from './devices.tsx';
import { useMessages } from './speech.ts';
import { ticketText } from './view/ticket.ts';

interface WhatElseProps {
  readonly report: ReportView;
  readonly undone: readonly ReportView[];
  readonly acts: Acts;
}

/** What is left to do outside of this computer, and what to keep. */
export function WhatElse({ report, undone, acts }: WhatElseProps) {
  const { result: texts, places, advice } = useMessages().page;
  return (
    <>
      <Devices title={texts.elseTitle} help={places.devicesHelp} />
      <details className="fold">
        <summary>{advice.secure.title}</summary>
        <ol className="numbered">
          {advice.secure.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
      <details className="fold">
        <summary>{texts.ticket}</summary>
        <Ticket report={report} undone={undone} />
      </details>
      <details className="fold">
        <summary>{texts.report}</summary>
        <SaveReport acts={acts} />
      </details>
    </>
  );
}

function Ticket({ report, undone }: Pick<WhatElseProps, 'report' | 'undone'>) {
  const messages = useMessages();
  const { result: texts } = messages.page;
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState('');
  const text = ticketText(messages, report, undone);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid(texts.copied),
      () => {
        field.current?.select();
        setSaid(texts.copyByHand);
      },
    );
  };
  return (
    <>
      <label className="small" htmlFor="ticket">
        {texts.ticketHelp}
      </label>
      <textarea ref={field} id="ticket" className="field" readOnly rows={8} value={text} />
      <div className="line-act">
        <button type="button" className="button" onClick={copy}>
          {texts.copy}
        </button>
        <span className="small" role="status">
          {said}
        </span>
      </div>
    </>
  );
}

function SaveReport({ acts }: Pick<WhatElseProps, 'acts'>) {
  const messages = useMessages();
  const { result: texts } = messages.page;
  const [said, setSaid] = useState('');
  const save = (format: 'html' | 'json') => (): void => {
    void acts.save(format, messages.language).then((path) => {
      if (path !== undefined) setSaid(fill(texts.saved, { path }));
    });
  };
  return (
    <>
      <p className="small">{texts.reportHelp}</p>
      <div className="line-act">
        <button type="button" className="button" onClick={save('html')}>
          {texts.saveHtml}
        </button>
        <button type="button" className="button" onClick={save('json')}>
          {texts.saveJson}
        </button>
        <span className="small" role="status">
          {said}
        </span>
      </div>
    </>
  );
}
