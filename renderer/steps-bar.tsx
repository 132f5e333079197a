import { createContext, useContext } from 'react';
import type { StepName } from '../shared/messages/page.ts';
import { useMessages } from './speech.ts';

const STEPS: readonly StepName[] = ['account', 'places', 'password', 'result'];

/** The step that the current screen belongs to; the history belongs to none. */
export const StepContext = createContext<StepName | undefined>(undefined);

/** Where in the four steps the user is: an ordered list, the current one marked by weight and shape. */
export function StepsBar() {
  const current = useContext(StepContext);
  const { steps, stepsLabel, stepDone } = useMessages().page.frame;
  if (current === undefined) return null;
  const at = STEPS.indexOf(current);
  return (
    <nav className="steps" aria-label={stepsLabel}>
      <ol>
        {STEPS.map((step, index) => (
          <li key={step} {...(index === at ? { 'aria-current': 'step' } : {})} data-done={index < at}>
            <span className="step-number" aria-hidden="true">
              {index + 1}
            </span>
            <span>{steps[step]}</span>
            {index < at ? <span className="hidden"> ({stepDone})</span> : null}
          </li>
        ))}
      </ol>
    </nav>
  );
}
