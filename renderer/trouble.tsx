import type { Problem, ProblemKind } from '../shared/problem.ts';
import { Band } from './band.tsx';
import { useMessages } from './speech.ts';
import { explainOnPage } from '../shared/messages/explain-on-page.ts';

/** The other side's own words, folded. */
export function Quote({ text }: { readonly text: string | undefined }) {
  const { frame } = useMessages().page;
  if (text === undefined) return null;
  return (
    <details className="quote">
      <summary>{frame.details}</summary>
      <q>{text}</q>
    </details>
  );
}

/** What is worth knowing, and asks for nothing now. */
const NOTES: ReadonlySet<ProblemKind> = new Set(['undo-data-unprotected', 'unlock-unused']);

/** A Problem that belongs to no row, above the content. */
export function Trouble({ problem }: { readonly problem: Problem | undefined }) {
  const messages = useMessages();
  if (!problem) return null;
  const { sentence, next, details } = explainOnPage(messages, problem, 'before');
  return (
    <Band tone={NOTES.has(problem.kind) ? 'calm' : 'warning'} title={sentence} live>
      {next === undefined ? null : <p>{next}</p>}
      <Quote text={details} />
    </Band>
  );
}
