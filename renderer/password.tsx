import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Acts } from './acts.ts';
import { Frame } from './frame.tsx';
import { PasswordField } from './password-field.tsx';
import { Hint, REFUSAL_ID, RefusalBand, TrustSentence } from './password-hints.tsx';
import { useLivePlan } from './places.tsx';
import { useMessages } from './speech.ts';
import { hintsFor, type Hints } from './view/advice.ts';
import { readiness } from './view/readiness.ts';
import { listed, shortened } from './view/words.ts';
import type { Screen, Wizard } from './wizard-state.ts';

interface PasswordProps {
  readonly wizard: Wizard;
  readonly plan: PlanView;
  readonly acts: Acts;
  readonly go: (screen: Screen) => void;
}

/** The one screen that takes the password; it leaves the page in one call, and the fields are cleared at once. */
export function PasswordScreen({ wizard, plan, acts, go }: PasswordProps) {
  const messages = useMessages();
  const { password: texts, frame } = messages.page;
  useLivePlan(plan, acts);
  const { steps, ready, waitsFor, locks } = readiness(wizard, plan);
  const form = usePasswords(plan, steps, acts);
  return (
    <Frame
      heading={texts.heading}
      help={<TrustSentence plan={plan} />}
      focusHeading={false}
      foot={
        <>
          <button type="button" className="button" onClick={() => go('places')}>
            {frame.back}
          </button>
          <button type="submit" form="password-form" className="button primary">
            {ready === 0 ? texts.submitCheck : count(texts.submit, ready)}
          </button>
        </>
      }
    >
      {wizard.refusal ? <RefusalBand refusal={wizard.refusal} /> : null}
      <form id="password-form" onSubmit={form.submit}>
        <PasswordField
          id="password"
          label={fill(texts.label, { account: plan.account })}
          field={form.password}
          onType={form.look}
          required
          describedBy={REFUSAL_ID}
        >
          <Hint hints={form.hints} missing={form.missing} />
        </PasswordField>
        {locks.length === 0 ? null : (
          <fieldset className="part">
            <legend>{texts.unlock}</legend>
            <p className="small">{texts.unlockHelp}</p>
            {locks.map((lock) => (
              <UnlockField key={lock} lock={lock} fields={form.unlocks} />
            ))}
          </fieldset>
        )}
        <details className="fold">
          <summary>{texts.old}</summary>
          <PasswordField id="old-password" label={texts.oldLabel} field={form.old}>
            <p className="hint">{texts.oldHelp}</p>
          </PasswordField>
        </details>
      </form>
      {waitsFor.length === 0 ? null : (
        <p className="waits">
          {fill(count(texts.waiting, steps.length - ready), { programs: listed(messages, waitsFor) })}
        </p>
      )}
    </Frame>
  );
}

interface UnlockFieldProps {
  readonly lock: string;
  readonly fields: Map<string, HTMLInputElement>;
}

function UnlockField({ lock, fields }: UnlockFieldProps) {
  const { password: texts } = useMessages().page;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) fields.set(lock, field.current);
    return () => void fields.delete(lock);
  }, [lock, fields]);
  return (
    <PasswordField
      id={`unlock-${lock}`}
      label={fill(texts.unlockLabel, { subject: shortened(lock, 40) })}
      field={field}
    />
  );
}

/** The fields of the form, what can be said about the password without keeping it, and the one submit. */
function usePasswords(plan: PlanView, steps: readonly string[], acts: Acts) {
  const password = useRef<HTMLInputElement>(null);
  const old = useRef<HTMLInputElement>(null);
  const [unlocks] = useState(() => new Map<string, HTMLInputElement>());
  const [hints, setHints] = useState<Hints>();
  const [missing, setMissing] = useState(false);
  useEffect(() => password.current?.focus(), []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = taken(password.current);
    if (given === '') {
      setMissing(true);
      password.current?.focus();
      return;
    }
    const keys = [...unlocks].map(([lock, field]) => [lock, taken(field)] as const);
    const before = taken(old.current);
    void acts.check({
      planId: plan.planId,
      steps: [...steps],
      password: given,
      ...(before === '' ? {} : { oldPassword: before }),
      unlocks: Object.fromEntries(keys.filter(([, value]) => value !== '')),
    });
  };
  const look = (value: string): void => {
    setHints(hintsFor(value, plan.account));
    setMissing(false);
  };
  return { password, old, unlocks, hints, missing, submit, look };
}

/** What a field holds; the field is empty afterwards. */
function taken(field: HTMLInputElement | null): string {
  if (!field) return '';
  const { value } = field;
  field.value = '';
  return value;
}
