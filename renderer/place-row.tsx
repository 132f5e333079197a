import { useId, useState, type ReactNode } from 'react';
import type { PlaceRow } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import { guideSteps } from '../shared/messages/guide-steps.ts';
import type { Problem } from '../shared/problem.ts';
import { ChevronIcon } from './icons.tsx';
import { Quote } from './trouble.tsx';
import { useMessages } from './speech.ts';
import { explainOnPage } from '../shared/messages/explain-on-page.ts';
import { isTold } from './view/place-groups.ts';
import { listed, shortened, usesOf } from './view/words.ts';

interface RowProps {
  readonly row: PlaceRow;
  /** The state as a mark. */
  readonly mark: ReactNode;
  readonly reason: Problem | undefined;
  readonly when: 'before' | 'after';
  readonly tick?: { readonly on: boolean; readonly change: (on: boolean) => void };
  /** A button at the end of the row: undo. */
  readonly act?: ReactNode;
}

/** One place: tick, name, what it is used for, where it is, its state, and why, on lines of their own. */
export function PlaceRowView({ row, mark, reason, when, tick, act }: RowProps) {
  const messages = useMessages();
  const id = useId();
  const [open, setOpen] = useState(false);
  const uses = isTold(row) ? '' : usesOf(messages, row.protocols);
  return (
    <li className="row" data-when={when}>
      {tick ? (
        <input
          id={id}
          type="checkbox"
          checked={tick.on}
          aria-label={fill(messages.page.places.choose, { name: `${row.program}, ${row.name}` })}
          aria-describedby={`${id}-more`}
          onChange={(event) => tick.change(event.target.checked)}
        />
      ) : null}
      <div className="row-main">
        <label className="row-name" {...(tick ? { htmlFor: id } : {})}>
          {row.name}
          {uses === '' ? null : <span className="uses">{uses}</span>}
        </label>
        <div id={`${id}-more`}>
          <Where row={row} />
          <Reason problem={reason} when={when} />
        </div>
        <HowTo row={row} />
        {open ? <Facts row={row} id={`${id}-facts`} when={when} /> : null}
      </div>
      <div className="row-state">{mark}</div>
      <div className="row-act">
        {act}
        <button
          type="button"
          className="button quiet square small-square"
          aria-expanded={open}
          aria-controls={`${id}-facts`}
          aria-label={fill(messages.page.frame.detailsOf, { name: `${row.program}, ${row.name}` })}
          onClick={() => setOpen(!open)}
        >
          <ChevronIcon />
        </button>
      </div>
    </li>
  );
}

const WHERE_LENGTH = 64;

function Where({ row }: { readonly row: PlaceRow }) {
  const { frame } = useMessages().page;
  const notes = row.warnings.length;
  return (
    <p className="where">
      {shortened(row.where, WHERE_LENGTH)}
      {notes === 0 ? null : <span className="notes">{count(frame.notes, notes)}</span>}
    </p>
  );
}

/** A sentence and its next step. */
export function Reason({
  problem,
  when,
}: {
  readonly problem: Problem | undefined;
  readonly when: 'before' | 'after';
}) {
  const messages = useMessages();
  if (!problem) return null;
  const { sentence, next, details } = explainOnPage(messages, problem, when);
  return (
    <>
      <p className="reason">
        {sentence} {next}
      </p>
      <Quote text={details} />
    </>
  );
}

/** The steps for what Rekey cannot change. */
function HowTo({ row }: { readonly row: PlaceRow }) {
  const messages = useMessages();
  if (row.guide === undefined) return null;
  return (
    <details className="fold">
      <summary aria-label={`${messages.page.places.howTo}: ${row.program}, ${row.name}`}>
        {messages.page.places.howTo}
      </summary>
      <ol className="numbered">
        {guideSteps(messages, row.guide, row).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  );
}

/** Everything about a place that its row has no room for. */
function Facts({
  row,
  id,
  when,
}: {
  readonly row: PlaceRow;
  readonly id: string;
  readonly when: 'before' | 'after';
}) {
  const messages = useMessages();
  const { frame } = messages.page;
  const facts: readonly (readonly [string, string])[] = [
    [frame.whereLine, row.where],
    ...(row.login === '' ? [] : [[frame.loginLine, row.login] as const]),
    ...(row.host === '' ? [] : [[frame.serverLine, row.host] as const]),
    ...(row.alsoIn.length === 0 ? [] : [[frame.alsoIn, listed(messages, row.alsoIn)] as const]),
  ];
  return (
    <div className="facts" id={id}>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {row.warnings.map((warning) => (
        <Reason key={`${warning.kind} ${warning.subject}`} problem={warning} when={when} />
      ))}
    </div>
  );
}
