import { count, fill } from '../shared/messages/explain.ts';
import type { Acts } from './acts.ts';
import { Band } from './band.tsx';
import { Mark } from './mark.tsx';
import { useMessages } from './speech.ts';
import { dayOf, listed } from './view/words.ts';
import type { Recovered, RunningProgram, Wizard } from './wizard-state.ts';

interface OpenProgramsProps {
  readonly seen: readonly RunningProgram[];
  readonly running: readonly RunningProgram[];
}

/** A program that is open for several accounts is one program. */
const namesOf = (programs: readonly RunningProgram[]): readonly string[] => [
  ...new Set(programs.map(({ name }) => name)),
];

/** What can lock the account now: programs that go on trying the old password, and the phone. */
export function OpenPrograms({ seen, running }: OpenProgramsProps) {
  const messages = useMessages();
  const texts = messages.page.account;
  const [open, known] = [namesOf(running), namesOf(seen)];
  const title =
    open.length === 0
      ? texts.noneOpen
      : fill(count(texts.openNow, open.length), { programs: listed(messages, open) });
  return (
    <Band tone={open.length === 0 ? 'calm' : 'warning'} title={title} live>
      <p>{open.length === 0 ? texts.noneOpenHelp : texts.openNowHelp}</p>
      {known.length === 0 || (known.length === 1 && open.length === 1) ? null : (
        <ul className="band-marks">
          {known.map((name) => (
            <li key={name}>
              {open.includes(name) ? (
                <Mark look={{ shape: 'half', tone: 'warning' }}>{`${name}: ${texts.open}`}</Mark>
              ) : (
                <Mark look={{ shape: 'done', tone: 'accent' }}>{`${name}: ${texts.closed}`}</Mark>
              )}
            </li>
          ))}
        </ul>
      )}
    </Band>
  );
}

/** A run that a crash or a lost power left half done: finish it or take it back. */
export function Unfinished({ wizard, acts }: { readonly wizard: Wizard; readonly acts: Acts }) {
  const messages = useMessages();
  const { account: texts, frame } = messages.page;
  const [run] = wizard.scan?.unfinished ?? [];
  if (!run) return wizard.recovered ? <RecoveredBand recovered={wizard.recovered} /> : null;
  const help = fill(run.removes ? texts.unfinishedRemoval : texts.unfinishedHelp, {
    date: dayOf(messages, run.at),
    places: count(frame.places, run.changes),
  });
  return (
    <Band tone="warning" title={fill(texts.unfinished, { account: run.account })}>
      <p>{help}</p>
      <div className="band-acts">
        <button
          type="button"
          className="button"
          disabled={wizard.busy}
          onClick={() => void acts.recover('forward')}
        >
          {texts.finish}
        </button>
        <button
          type="button"
          className="button"
          disabled={wizard.busy}
          onClick={() => void acts.recover('back')}
        >
          {texts.takeBack}
        </button>
      </div>
    </Band>
  );
}

function RecoveredBand({ recovered: { direction, reports } }: { readonly recovered: Recovered }) {
  const { account: texts, frame } = useMessages().page;
  const outcomes = reports.flatMap((report) => report.outcomes);
  const done = outcomes.filter(({ outcome }) => outcome === 'written' || outcome === 'unchanged').length;
  const others = outcomes.filter(({ outcome }) => outcome === 'changed').length;
  const removes = outcomes.length > 0 && outcomes.every(({ row }) => row.effect === 'remove');
  const forward = removes ? texts.finishedRemoval : texts.finished;
  const title = fill(count(direction === 'forward' ? forward : texts.takenBack, done), {
    places: count(frame.places, outcomes.length),
  });
  return (
    <Band tone="calm" title={title} live>
      {others === 0 ? null : <p>{count(texts.conflicts, others)}</p>}
    </Band>
  );
}
