import { createContext, useContext } from 'react';
import type { StepName } from '../shared/messages/page.ts';
import { useMessages } from './speech.ts';

const STEPS: readonly StepName[] = ['account', 'places', 'password', 'result'];

/** The step that the current screen belongs to, and those that were not needed on the way to it. */
export interface Steps {
  readonly current: StepName;
  readonly skipped: readonly StepName[];
}

/** The history belongs to no step. */
export const StepContext = createContext<Steps | undefined>(undefined);

/** Where in the four steps the user is: an ordered list, the current one marked by weight and shape. */
export function StepsBar() {
  const where = useContext(StepContext);
  const { steps, stepsLabel, stepDone, stepSkipped } = useMessages().page.frame;
  if (where === undefined) return null;
  const at = STEPS.indexOf(where.current);
  const standing = (step: StepName, index: number): Standing => {
    if (where.skipped.includes(step)) return 'skipped';
    return index === at ? 'current' : index < at ? 'done' : 'ahead';
  };
  const said: Readonly<Partial<Record<Standing, string>>> = { done: stepDone, skipped: stepSkipped };
  return (
    <nav className="steps" aria-label={stepsLabel}>
      <ol>
        {STEPS.map((step, index) => (
          <Step
            key={step}
            name={steps[step]}
            number={index + 1}
            standing={standing(step, index)}
            said={said}
          />
        ))}
      </ol>
    </nav>
  );
}

type Standing = 'done' | 'skipped' | 'current' | 'ahead';

interface StepProps {
  readonly name: string;
  readonly number: number;
  readonly standing: Standing;
  readonly said: Readonly<Partial<Record<Standing, string>>>;
}

function Step({ name, number, standing, said }: StepProps) {
  const word = said[standing];
  return (
    <li
      {...(standing === 'current' ? { 'aria-current': 'step' } : {})}
      data-done={standing === 'done'}
      data-skipped={standing === 'skipped'}
    >
      <span className="step-number" aria-hidden="true">
        {number}
      </span>
      <span>{name}</span>
      {word === undefined ? null : <span className="hidden"> ({word})</span>}
    </li>
  );
}
