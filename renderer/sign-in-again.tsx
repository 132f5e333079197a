import type { PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { PageAdvice } from '../shared/messages/page-advice.ts';
import { Frame } from './frame.tsx';
import { Letter } from './groups.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { byProgram, isTold } from './view/place-groups.ts';
import type { Problem } from '../shared/problem.ts';
import type { Screen } from './wizard-state.ts';

interface SignInAgainProps {
  readonly plan: PlanView;
  /** Set where a server said so during a run, rather than the plan before it. */
  readonly said: Problem | undefined;
  readonly go: (screen: Screen) => void;
}

/** The ending for accounts that take no password: nothing to store, and what to click in each program. */
export function SignInAgainScreen({ plan, said, go }: SignInAgainProps) {
  const { signIn: texts, result, advice, frame } = useMessages().page;
  const programs = byProgram(plan.rows.filter((row) => !isTold(row)));
  const asking = programs.filter(({ program }) => wayOf(program) !== 'command').length;
  return (
    <Frame
      heading={asking === 0 ? texts.heading : `${texts.heading} ${count(texts.asks, asking)}`}
      help={
        <p>
          {texts.help} {texts.also}
        </p>
      }
      onlyText
      foot={
        <>
          <button type="button" className="button" onClick={() => go('account')}>
            {frame.back}
          </button>
          <button type="button" className="button primary" onClick={() => go('account')}>
            {result.done}
          </button>
        </>
      }
    >
      <Trouble problem={said} />
      <ul className="rows">
        {programs.map(({ program, rows }) => (
          <li className="row" key={program}>
            <Letter name={program} />
            <div className="row-main">
              <span className="row-name">
                {program}
                <span className="uses">{[...new Set(rows.map(({ name }) => name))].join(', ')}</span>
              </span>
              <p className="reason">{fill(advice.signIn[wayOf(program)], { program })}</p>
            </div>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

const COMMANDS: ReadonlySet<string> = new Set(['mbsync', 'msmtp', 'mpop', 'git send-email', 'git imap-send']);

/** How a program asks for a new sign-in. */
function wayOf(program: string): keyof PageAdvice['signIn'] {
  const name = program.toLowerCase();
  if (name === 'thunderbird' || name === 'evolution') return name;
  return COMMANDS.has(name) ? 'command' : 'other';
}
