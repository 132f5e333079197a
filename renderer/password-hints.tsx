import type { PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import { Band } from './band.tsx';
import type { Fault } from './password-form.ts';
import { useMessages } from './speech.ts';
import { Quote } from './trouble.tsx';
import type { Advice, Hints } from './view/advice.ts';
import { explainOnPage } from '../shared/messages/explain-on-page.ts';
import { exitCodeOf, type Problem } from '../shared/problem.ts';
import { listed } from './view/words.ts';
import type { Refusal } from './wizard-state.ts';

interface HintProps {
  readonly hints: Hints | undefined;
  /** What the dictionaries say, as soon as they are there. */
  readonly advice: Advice | undefined;
  readonly fault: Fault | undefined;
}

/** The most useful line about what was typed; stray blanks come before advice. */
export function Hint({ hints, advice = hints?.advice, fault }: HintProps) {
  const { password: texts } = useMessages().page;
  if (fault) return <p className="hint strong">{texts[fault]}</p>;
  if (!hints || hints.empty) return null;
  if (hints.blankStart) return <p className="hint strong">{texts.blankStart}</p>;
  if (hints.blankEnd) return <p className="hint strong">{texts.blankEnd}</p>;
  return advice ? <p className="hint">{texts.advice[advice]}</p> : null;
}

/** Where the password goes, in one sentence. */
export function TrustSentence({ plan }: { readonly plan: PlanView }) {
  const messages = useMessages();
  const { password: texts } = messages.page;
  const hosts = [...new Set(plan.endpoints.map(({ host }) => host))];
  const [host] = hosts;
  if (host === undefined) return <p>{texts.trustNone}</p>;
  if (hosts.length === 1) return <p>{fill(texts.trust, { host })}</p>;
  return <p>{fill(texts.trustMany, { hosts: listed(messages, hosts) })}</p>;
}

/** A server judged the password, or may have done so; everything else cost no try. */
const costsTry = ({ kind }: Problem): boolean => exitCodeOf(kind) === REFUSED || kind === 'outcome-unknown';

const REFUSED = 3;

export const REFUSAL_ID = 'refusal';

/** The old password, most likely: said before any server could count it against the account. */
export function StoredBand({ places }: { readonly places: number }) {
  const { password: texts } = useMessages().page;
  return (
    <Band tone="calm" title={count(texts.alreadyStored, places)} id={REFUSAL_ID} live>
      <p>{texts.alreadyStoredHelp}</p>
    </Band>
  );
}

/** Why the last try ended before anything was touched, and how many are left. */
export function RefusalBand({
  refusal: { problem, nothingChanged, triesLeft },
}: {
  readonly refusal: Refusal;
}) {
  const messages = useMessages();
  const { password: texts } = messages.page;
  const { sentence, next, details } = explainOnPage(messages, problem, 'after');
  const said = nothingChanged && !sentence.includes(texts.nothingChanged);
  return (
    <Band tone="warning" title={said ? `${sentence} ${texts.nothingChanged}` : sentence} id={REFUSAL_ID} live>
      {next === undefined ? null : <p>{next}</p>}
      {triesLeft === undefined || !costsTry(problem) ? null : (
        <p>{triesLeft === 0 ? texts.noTries : count(texts.triesLeft, triesLeft)}</p>
      )}
      <Quote text={details} />
    </Band>
  );
}
