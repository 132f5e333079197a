import type { ReportView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import { Checks } from './result-checks.tsx';
import { Groups, grouped } from './groups.tsx';
import { Mark } from './mark.tsx';
import { MessageSection } from './message-row.tsx';
import { PlaceRowView, Reason } from './place-row.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { commonReason, ownReason } from './view/common-reason.ts';
import { RESULT_LOOKS, type Line, type ResultView } from './view/result-view.ts';

interface Undo {
  readonly lastDay: string;
  /** Asks before taking back the rows with these ids. */
  readonly ask: (rows: readonly string[]) => void;
}

interface ResultPartsProps {
  readonly report: ReportView;
  readonly view: ResultView;
  readonly busy: boolean;
  /** Set while the run's undo data is kept. */
  readonly undo?: Undo;
}

/** The places by what became of them, what waits first. */
export function ResultParts({ report, view, busy, undo }: ResultPartsProps) {
  const { result: texts } = useMessages().page;
  const undoable = undo && view.undoable.length > 0 ? undo : undefined;
  return (
    <>
      <Part title={texts.waitingTitle} lines={view.waiting} />
      <Part title={texts.notDoneTitle} lines={view.notDone} />
      <Part title={texts.changedTitle} lines={view.changed} {...(undoable ? { undo: undoable, busy } : {})} />
      {undoable ? <UndoAll undo={undoable} lines={view.undoable} busy={busy} /> : null}
      <Part title={texts.restoredTitle} lines={view.restored} />
      <Part title={texts.manualTitle} lines={view.manual} />
      <Part title={texts.leftTitle} lines={view.left} />
      <Checks report={report} />
      {report.message ? <MessageSection message={report.message} kind="part" /> : null}
      {report.warnings.map((warning) => (
        <Trouble key={`${warning.kind} ${warning.subject}`} problem={warning} />
      ))}
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly undo?: Undo;
  readonly busy?: boolean;
}

function Part({ title, lines, undo, busy = false }: PartProps) {
  const { result: texts } = useMessages().page;
  if (lines.length === 0) return null;
  return (
    <section className="part">
      <h2>{title}</h2>
      <Groups
        groups={grouped(lines)}
        level={3}
        note={({ lines }) => <Reason problem={shared(lines)} when="after" />}
      >
        {({ lines }) =>
          lines.map((line) => (
            <PlaceRowView
              key={line.row.id}
              row={line.row}
              when="after"
              mark={<Mark look={RESULT_LOOKS[line.word]}>{texts.outcomes[line.word]}</Mark>}
              reason={ownReason(line.reason, shared(lines))}
              act={
                undo && line.word === 'written' && line.row.verifiable ? (
                  <UndoButton line={line} undo={undo} busy={busy} />
                ) : null
              }
            />
          ))
        }
      </Groups>
    </section>
  );
}

const shared = (lines: readonly Line[]) => commonReason(lines.map(({ reason }) => reason));

interface UndoButtonProps {
  readonly line: Line;
  readonly undo: Undo;
  readonly busy: boolean;
}

function UndoButton({ line: { row }, undo, busy }: UndoButtonProps) {
  const { result: texts } = useMessages().page;
  return (
    <button
      type="button"
      className="button quiet"
      disabled={busy}
      aria-label={fill(texts.undoOf, { name: `${row.program}, ${row.name}` })}
      onClick={() => undo.ask([row.id])}
    >
      {texts.undo}
    </button>
  );
}

interface UndoAllProps {
  readonly undo: Undo;
  readonly lines: readonly Line[];
  readonly busy: boolean;
}

function UndoAll({ undo, lines, busy }: UndoAllProps) {
  const { result: texts } = useMessages().page;
  return (
    <div className="line-act">
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => undo.ask(lines.map(({ row }) => row.id))}
      >
        {count(texts.undoAll, lines.length)}
      </button>
      <span className="small">{fill(texts.undoUntil, { date: undo.lastDay })}</span>
    </div>
  );
}
