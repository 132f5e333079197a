import type { PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Acts } from './acts.ts';
import { Frame } from './frame.tsx';
import { Letter } from './groups.tsx';
import { Mark } from './mark.tsx';
import { OldPasswords } from './old-passwords.tsx';
import { useLivePlan } from './places.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { oldPasswords } from './view/old-passwords.ts';
import type { Look } from './view/place-state.ts';
import { waysOf, type Way } from './view/sign-in-ways.ts';
import type { Screen, Wizard } from './wizard-state.ts';

interface SignInAgainProps {
  readonly wizard: Wizard;
  readonly plan: PlanView;
  readonly acts: Acts;
  readonly go: (screen: Screen) => void;
}

/** The ending for accounts that take no password: what to click in each program, and what was left behind. */
export function SignInAgainScreen({ wizard, plan, acts, go }: SignInAgainProps) {
  const { signIn: texts, result, frame } = useMessages().page;
  useLivePlan(plan, acts);
  const said = wizard.report?.stopped;
  const ways = waysOf(plan.rows);
  const hasButtons = oldPasswords(wizard, plan).some(({ removable, run }) => removable || run !== undefined);
  return (
    <Frame
      heading={useHeadline(ways)}
      help={
        <p>
          {said ? texts.helpSaid : texts.help} {texts.also}
        </p>
      }
      onlyText={!hasButtons}
      foot={
        <>
          <button type="button" className="button" onClick={() => go(said ? 'places' : 'account')}>
            {frame.back}
          </button>
          <button type="button" className="button primary" onClick={() => go('account')}>
            {result.done}
          </button>
        </>
      }
    >
      <Trouble problem={said} />
      <Trouble problem={wizard.trouble} />
      <ul className="rows" aria-label={texts.programs}>
        {ways.map((way) => (
          <WayRow key={way.program} way={way} />
        ))}
      </ul>
      <OldPasswords wizard={wizard} plan={plan} acts={acts} />
    </Frame>
  );
}

function useHeadline(ways: readonly Way[]): string {
  const { signIn: texts } = useMessages().page;
  const asking = ways.filter(({ asks }) => asks === 'yes' || asks === 'perhaps').length;
  const switching = ways.filter(({ asks }) => asks === 'switch').length;
  return [
    texts.heading,
    ...(asking === 0 ? [] : [count(texts.asks, asking)]),
    ...(switching === 0 ? [] : [count(texts.switches, switching)]),
  ].join(' ');
}

const LOOKS: Readonly<Record<Way['asks'], Look>> = {
  yes: { shape: 'done', tone: 'accent' },
  perhaps: { shape: 'hollow', tone: 'accent' },
  no: { shape: 'hollow', tone: 'quiet' },
  switch: { shape: 'half', tone: 'warning' },
};

function WayRow({ way: { program, logins, asks, advice } }: { readonly way: Way }) {
  const { signIn: texts, advice: guides } = useMessages().page;
  return (
    <li className="row">
      <Letter name={program} />
      <div className="row-main">
        <span className="row-name">
          {program}
          <span className="uses">{logins.join(', ')}</span>
        </span>
        <p className="reason">{fill(guides.signIn[advice], { program })}</p>
      </div>
      <div className="row-state">
        <Mark look={LOOKS[asks]}>{texts.asking[asks]}</Mark>
      </div>
    </li>
  );
}
