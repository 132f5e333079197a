import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { PlanView } from '../shared/contract.ts';
import type { Acts } from './acts.ts';
import { useMessages } from './speech.ts';
import { taken, takenAll } from './taken.ts';
import { useStrength } from './use-strength.ts';
import { hintsFor, type Hints } from './view/advice.ts';

/** What keeps the form from being sent: no password, or one that cannot be the new one. */
export type Fault = 'empty' | 'sameAsOld';

export type PasswordForm = ReturnType<typeof usePasswordForm>;

interface Wishes {
  readonly testMessage: boolean;
}

/** The fields of the form, what can be said about the password without keeping it, and the one submit. */
export function usePasswordForm(plan: PlanView, steps: readonly string[], wishes: Wishes, acts: Acts) {
  const { language } = useMessages();
  const password = useRef<HTMLInputElement>(null);
  const old = useRef<HTMLInputElement>(null);
  const anyway = useRef<HTMLInputElement>(null);
  const [unlocks] = useState(() => new Map<string, HTMLInputElement>());
  const [hints, setHints] = useState<Hints>();
  const strength = useStrength(password, plan.account);
  const [fault, setFault] = useState<Fault>();
  useEffect(() => password.current?.focus(), []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = faultOf(password.current?.value, old.current?.value);
    setFault(found);
    if (found) return password.current?.focus();
    const evenIfStored = anyway.current?.checked === true;
    const given = taken(password.current);
    const before = taken(old.current);
    void acts.check({
      planId: plan.planId,
      steps: [...steps],
      password: given,
      ...(before === '' ? {} : { oldPassword: before }),
      unlocks: takenAll(unlocks),
      ...(evenIfStored ? { evenIfStored } : {}),
      ...(wishes.testMessage ? { testMessage: { language } } : {}),
    });
  };
  const look = (value: string): void => {
    strength.look();
    setHints(hintsFor(value));
    setFault(undefined);
  };
  return { password, old, anyway, unlocks, hints, advice: strength.advice, fault, submit, look };
}

function faultOf(given = '', before = ''): Fault | undefined {
  if (given === '') return 'empty';
  return given === before ? 'sameAsOld' : undefined;
}
