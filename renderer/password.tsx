import type { PlanView } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import type { Acts } from './acts.ts';
import { Frame } from './frame.tsx';
import { Mark } from './mark.tsx';
import { PasswordField } from './password-field.tsx';
import { usePasswordForm, type PasswordForm } from './password-form.ts';
import { Hint, REFUSAL_ID, RefusalBand, StoredBand, TrustSentence } from './password-hints.tsx';
import { useLivePlan } from './places.tsx';
import { useMessages } from './speech.ts';
import { TestMessageWish } from './test-message-wish.tsx';
import { UnlockFields } from './unlock-fields.tsx';
import { readiness } from './view/readiness.ts';
import { listed } from './view/words.ts';
import type { Screen, Wizard } from './wizard-state.ts';

interface PasswordProps {
  readonly wizard: Wizard;
  readonly plan: PlanView;
  readonly acts: Acts;
  readonly go: (screen: Screen) => void;
  /** Ticks the test message, or takes the tick away. */
  readonly wish: (on: boolean) => void;
}

/** The one screen that takes the password; it leaves the page in one call, and the fields are cleared at once. */
export function PasswordScreen({ wizard, plan, acts, go, wish }: PasswordProps) {
  const messages = useMessages();
  const { password: texts, frame } = messages.page;
  useLivePlan(plan, acts);
  const { refusal } = wizard;
  const stored = refusal?.problem.kind === 'already-stored' ? refusal.problem : undefined;
  const { steps, ready, waitsFor, locks } = readiness(wizard, plan);
  const form = usePasswordForm(plan, steps, wizard, acts);
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
      {wizard.refusal && !stored ? <RefusalBand refusal={wizard.refusal} /> : null}
      {stored ? <StoredBand places={Number(stored.detail)} /> : null}
      <form id="password-form" onSubmit={form.submit}>
        <NewPassword account={plan.account} form={form} stored={stored !== undefined} />
        <UnlockFields locks={locks} fields={form.unlocks} />
        <OldPassword form={form} />
        {plan.endpoints.some(({ protocol }) => protocol === 'smtp') ? (
          <TestMessageWish account={plan.account} on={wizard.testMessage} wish={wish} />
        ) : null}
      </form>
      {waitsFor.length === 0 ? null : (
        <p>
          <Mark look={{ shape: 'half', tone: 'warning' }}>
            {fill(count(texts.waiting, steps.length - ready), { programs: listed(messages, waitsFor) })}
          </Mark>
        </p>
      )}
    </Frame>
  );
}

interface NewPasswordProps {
  readonly account: string;
  readonly form: PasswordForm;
  /** The last one that was typed is stored here already: it can be checked all the same. */
  readonly stored: boolean;
}

function NewPassword({ account, form, stored }: NewPasswordProps) {
  const { password: texts } = useMessages().page;
  return (
    <>
      <PasswordField
        id="password"
        label={fill(texts.label, { account })}
        field={form.password}
        onType={form.look}
        required
        describedBy={REFUSAL_ID}
      >
        <Hint hints={form.hints} advice={form.advice} fault={form.fault} />
      </PasswordField>
      {stored ? (
        <label className="choice">
          <input type="checkbox" ref={form.anyway} />
          {texts.checkAnyway}
        </label>
      ) : null}
    </>
  );
}

function OldPassword({ form }: { readonly form: PasswordForm }) {
  const { password: texts } = useMessages().page;
  return (
    <details className="fold">
      <summary>{texts.old}</summary>
      <PasswordField id="old-password" label={texts.oldLabel} field={form.old}>
        <p className="hint">{texts.oldHelp}</p>
      </PasswordField>
    </details>
  );
}
