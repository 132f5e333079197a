import { useEffect, useRef, useState, type RefObject } from 'react';
import type { PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Acts } from './acts.ts';
import { Confirm } from './confirm.tsx';
import { Mark } from './mark.tsx';
import { OldPasswordRow } from './old-password-row.tsx';
import { useMessages } from './speech.ts';
import { takenAll } from './taken.ts';
import { UnlockFields } from './unlock-fields.tsx';
import { OLD_LOOKS, oldPasswords, wayBack, type OldLine } from './view/old-passwords.ts';
import { dayOf } from './view/words.ts';
import type { Wizard } from './wizard-state.ts';

interface OldPasswordsProps {
  readonly wizard: Wizard;
  readonly plan: PlanView;
  readonly acts: Acts;
}

type Question = { readonly act: 'remove' | 'undo'; readonly lines: readonly OldLine[] };

/** Passwords that programs left behind when they began to sign in with tokens: removed and put back from here. */
export function OldPasswords({ wizard, plan, acts }: OldPasswordsProps) {
  const { signIn: texts } = useMessages().page;
  const [question, setQuestion] = useState<Question>();
  const [unlocks] = useState(() => new Map<string, HTMLInputElement>());
  const title = useFocusKept(wizard.busy);
  const lines = oldPasswords(wizard, plan);
  if (lines.length === 0) return null;
  const removable = lines.filter((line) => line.removable);
  const removed = lines.filter(({ run }) => run !== undefined);
  const locks = [...new Set(lines.flatMap(({ row, word }) => (word === 'locked' ? (row.unlock ?? []) : [])))];
  return (
    <section className="part" aria-labelledby="old-passwords">
      <h2 id="old-passwords" ref={title} tabIndex={-1}>
        {texts.old}
      </h2>
      <p className="small">{texts.oldHelp}</p>
      <ul className="rows">
        {lines.map((line) => (
          <OldPasswordRow
            key={line.row.id}
            line={line}
            busy={wizard.busy}
            ask={(act) => setQuestion({ act, lines: [line] })}
          />
        ))}
      </ul>
      <UnlockFields locks={locks} fields={unlocks} help={texts.unlockHelp} />
      <All
        removable={removable}
        removed={removed}
        busy={wizard.busy}
        ask={(act, chosen) => setQuestion({ act, lines: chosen })}
      />
      <RemovedSoFar wizard={wizard} acts={acts} removed={removed} />
      {question ? (
        <Ask
          question={question}
          close={() => setQuestion(undefined)}
          remove={(steps) =>
            void acts.removeOld({ planId: plan.planId, steps: [...steps], unlocks: takenAll(unlocks) })
          }
          wizard={wizard}
          plan={plan}
          acts={acts}
        />
      ) : null}
    </section>
  );
}

/** The button that was pressed is gone when its act is over: the keyboard goes on from the heading. */
function useFocusKept(busy: boolean): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !busy && document.activeElement === document.body) title.current?.focus();
    wasBusy.current = busy;
  }, [busy]);
  return title;
}

interface AllProps {
  readonly removable: readonly OldLine[];
  readonly removed: readonly OldLine[];
  readonly busy: boolean;
  readonly ask: (act: Question['act'], lines: readonly OldLine[]) => void;
}

/** One button for several rows. */
function All({ removable, removed, busy, ask }: AllProps) {
  const { signIn: texts } = useMessages().page;
  if (removable.length < 2 && removed.length < 2) return null;
  return (
    <div className="line-act">
      {removable.length < 2 ? null : (
        <button type="button" className="button" disabled={busy} onClick={() => ask('remove', removable)}>
          {count(texts.removeAll, removable.length)}
        </button>
      )}
      {removed.length < 2 ? null : (
        <button type="button" className="button" disabled={busy} onClick={() => ask('undo', removed)}>
          {count(texts.undoAll, removed.length)}
        </button>
      )}
    </div>
  );
}

interface RemovedSoFarProps extends Pick<OldPasswordsProps, 'wizard' | 'acts'> {
  readonly removed: readonly OldLine[];
}

/** How many are gone and until when they can come back; said aloud when it changes. */
function RemovedSoFar({ wizard, acts, removed }: RemovedSoFarProps) {
  const messages = useMessages();
  const { signIn: texts } = messages.page;
  const { remember } = acts;
  const latest = wizard.removed.at(-1)?.run;
  useEffect(() => {
    if (latest !== undefined) void remember();
  }, [latest, remember]);
  const runs = new Set(removed.map(({ run }) => run));
  const kept = wizard.history?.filter(({ id }) => runs.has(id)).map(({ keptUntil }) => keptUntil) ?? [];
  return (
    <p role="status">
      {removed.length === 0 ? null : (
        <Mark look={OLD_LOOKS.removed}>
          {count(texts.removedSoFar, removed.length)}{' '}
          {kept.length === 0 ? null : fill(texts.undoUntil, { date: dayOf(messages, Math.min(...kept)) })}
        </Mark>
      )}
    </p>
  );
}

interface AskProps extends OldPasswordsProps {
  readonly question: Question;
  readonly close: () => void;
  readonly remove: (steps: readonly string[]) => void;
}

/** Asks once, and says how much goes back together. */
function Ask({ question: { act, lines }, close, remove, wizard, plan, acts }: AskProps) {
  const { signIn: texts, result } = useMessages().page;
  if (act === 'remove')
    return (
      <Confirm
        question={count(texts.removeAsk, lines.length)}
        warning={texts.removeWarning}
        act={texts.remove}
        onAct={() => remove(lines.map(({ row }) => row.id))}
        onClose={close}
      />
    );
  const way = wayBack(wizard, oldPasswords(wizard, plan), lines);
  return (
    <Confirm
      question={count(texts.undoAsk, way.count)}
      warning={way.count > lines.length ? texts.undoTogether : texts.undoWarning}
      act={result.undo}
      onAct={() => void acts.putBack(plan.planId, way.runs)}
      onClose={close}
    />
  );
}
