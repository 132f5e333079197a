import { useEffect, useEffectEvent } from 'react';

/** Repeats an act while `active` and while the window can be seen; never two of them at once. */
export function useEvery(ms: number, active: boolean, act: () => Promise<void>): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    if (!active) return undefined;
    let underWay = false;
    const timer = setInterval(() => {
      if (underWay || document.visibilityState !== 'visible') return;
      underWay = true;
      void latest().finally(() => (underWay = false));
    }, ms);
    return () => clearInterval(timer);
  }, [ms, active]);
}
