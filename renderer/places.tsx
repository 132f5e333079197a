import type { PlaceRow, PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Problem } from '../shared/problem.ts';
import type { Acts } from './acts.ts';
import { useEvery } from './every.ts';
import { Devices } from './devices.tsx';
import { Frame } from './frame.tsx';
import { Groups } from './groups.tsx';
import { Mark } from './mark.tsx';
import { OldPasswords } from './old-passwords.tsx';
import { PlaceRowView, Reason } from './place-row.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { commonReason, ownReason } from './view/common-reason.ts';
import { counted, sectionsOf, type Group } from './view/place-groups.ts';
import { placeState, reasonOf, waitsOutside } from './view/place-state.ts';
import { isTicked } from './wizard.ts';
import type { Screen, Wizard } from './wizard-state.ts';

const LOOK_AGAIN_MS = 2000;

interface PlacesProps {
  readonly wizard: Wizard;
  readonly plan: PlanView;
  readonly acts: Acts;
  readonly go: (screen: Screen) => void;
  readonly tick: (row: string, on: boolean) => void;
}

/** Looks at the places again while a program has to be closed or a keyring unlocked. */
export function useLivePlan(plan: PlanView | undefined, acts: Acts): void {
  const waits = plan?.rows.some(waitsOutside) ?? false;
  useEvery(LOOK_AGAIN_MS, waits, async () => {
    if (plan) await acts.lookAgain(plan.planId);
  });
}

/** The places of the account, by program, with a tick for each that can be changed. */
export function PlacesScreen({ wizard, plan, acts, go, tick }: PlacesProps) {
  const { places: texts, frame } = useMessages().page;
  useLivePlan(plan, acts);
  const { certain, maybe } = counted(plan.rows);
  const { holding, missing, beyond } = sectionsOf(plan.rows);
  const ticked = plan.rows.filter((row) => isTicked(wizard, row)).length;
  const list = (groups: readonly Group[], level: 2 | 3) => (
    <PlaceGroups groups={groups} level={level} wizard={wizard} tick={tick} />
  );
  return (
    <Frame
      heading={certain === 0 ? texts.headingNone : count(texts.heading, certain)}
      help={
        <p>
          {fill(texts.help, { account: plan.account })} {maybe === 0 ? null : count(texts.maybe, maybe)}
        </p>
      }
      foot={
        <>
          <button type="button" className="button" onClick={() => go('account')}>
            {frame.back}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={ticked === 0}
            onClick={() => go('password')}
          >
            {ticked === 0 ? texts.chooseFirst : count(texts.continue, ticked)}
          </button>
        </>
      }
    >
      <Trouble problem={wizard.trouble} />
      {list(holding, 2)}
      {missing.length === 0 ? null : (
        <section className="part">
          <h2>{count(texts.missing, missing.flatMap(({ rows }) => rows).length)}</h2>
          <p className="small">{texts.missingHelp}</p>
          {list(missing, 3)}
        </section>
      )}
      {beyond.length === 0 ? null : (
        <section className="part">
          <h2>{texts.also}</h2>
          <p className="small">{texts.alsoHelp}</p>
          {list(beyond, 3)}
        </section>
      )}
      <OldPasswords wizard={wizard} plan={plan} acts={acts} />
      <Troubles plan={plan} />
      <Devices help={texts.devicesHelp} title={texts.devices} />
    </Frame>
  );
}

interface PlaceGroupsProps extends Pick<PlacesProps, 'wizard' | 'tick'> {
  readonly groups: readonly Group[];
  readonly level: 2 | 3;
}

function PlaceGroups({ groups, level, wizard, tick }: PlaceGroupsProps) {
  const shared = ({ rows }: Group) => commonReason(rows.map((row) => reasonOf(row, isTicked(wizard, row))));
  return (
    <Groups groups={groups} level={level} note={(group) => <Reason problem={shared(group)} when="before" />}>
      {(group) =>
        group.rows.map((row) => {
          const on = isTicked(wizard, row);
          const reason = ownReason(reasonOf(row, on), shared(group));
          return <TickRow key={row.id} row={row} on={on} reason={reason} tick={tick} />;
        })
      }
    </Groups>
  );
}

interface TickRowProps extends Pick<PlacesProps, 'tick'> {
  readonly row: PlaceRow;
  readonly on: boolean;
  readonly reason: Problem | undefined;
}

function TickRow({ row, on, reason, tick }: TickRowProps) {
  const { states } = useMessages().page.places;
  const state = placeState(row, on);
  const word = fill(states[state.word], { subject: state.subject ?? row.program });
  return (
    <PlaceRowView
      row={row}
      when="before"
      mark={<Mark look={state}>{word}</Mark>}
      reason={reason}
      {...(row.tickable ? { tick: { on, change: (to: boolean) => tick(row.id, to) } } : {})}
    />
  );
}

function Troubles({ plan }: Pick<PlacesProps, 'plan'>) {
  const { places: texts } = useMessages().page;
  if (plan.troubles.length === 0) return null;
  return (
    <section className="part">
      <h2>{texts.troubles}</h2>
      {plan.troubles.map((problem) => (
        <Trouble key={`${problem.kind} ${problem.subject}`} problem={problem} />
      ))}
    </section>
  );
}
