import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { partsOf, type Advice } from './view/advice.ts';

/** How long nobody types before the password is judged: a judgement takes tens of milliseconds. */
const PAUSE_MS = 300;

/** The dictionaries are fetched once, and only by who gets as far as the password. */
let loading: Promise<import('./strength.ts').Strength> | undefined;
const loaded = () => (loading ??= import('./strength.ts').then(({ Strength }) => new Strength()));

/**
 * Advice about what the field holds, some time after the last key; `look` says that something was typed. Only the
 * advice is kept: the password is read from the field, and what it was is not remembered.
 */
export function useStrength(field: RefObject<HTMLInputElement | null>, address: string) {
  const [advice, setAdvice] = useState<Advice>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const judge = useCallback(async (): Promise<void> => {
    // Without the dictionaries the simple hints remain.
    const strength = await loaded().catch(() => undefined);
    const typed = field.current?.value ?? '';
    setAdvice(typed === '' ? undefined : strength?.advice(typed, partsOf(address)));
  }, [field, address]);
  const look = useCallback((): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void judge(), PAUSE_MS);
  }, [judge]);
  useEffect(() => {
    const idle = requestIdleCallback(() => void loaded().catch(() => undefined));
    return () => {
      cancelIdleCallback(idle);
      clearTimeout(timer.current);
    };
  }, []);
  return { advice, look };
}
