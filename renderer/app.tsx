import { useEffect, useMemo, useReducer } from 'react';
import type { RekeyApi } from '../shared/contract.ts';
import type { StepName } from '../shared/messages/page.ts';
import { AccountScreen } from './account.tsx';
import { actsOver, type Acts } from './acts.ts';
import { HistoryScreen } from './history.tsx';
import { PasswordScreen } from './password.tsx';
import { PlacesScreen } from './places.tsx';
import { ProgressScreen } from './progress.tsx';
import { ResultScreen } from './result.tsx';
import { SignInAgainScreen } from './sign-in-again.tsx';
import { StepContext, type Steps } from './steps-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { wizard as reduce } from './wizard.ts';
import { BEGINNING, type Action, type Screen, type Wizard } from './wizard-state.ts';

/** Rekey's one window. */
export function App({ api }: { readonly api: RekeyApi }) {
  const [wizard, dispatch] = useReducer(reduce, BEGINNING);
  const acts = useMemo(() => actsOver(api, dispatch, () => crypto.randomUUID()), [api]);
  useEffect(() => {
    const stop = api.onProgress((event) => void acts.heard(event));
    void acts.begin();
    return stop;
  }, [api, acts]);
  const away = wizard.screen !== 'progress' && wizard.screen !== 'history';
  return (
    <div className="window" data-screen={wizard.screen}>
      <TopBar {...(away ? { onHistory: () => dispatch({ type: 'went', screen: 'history' }) } : {})} />
      <StepContext value={stepsOf(wizard)}>
        <Current key={wizard.screen} wizard={wizard} acts={acts} dispatch={dispatch} />
      </StepContext>
    </div>
  );
}

const STEP_OF: Readonly<Record<Screen, StepName | undefined>> = {
  account: 'account',
  places: 'places',
  password: 'password',
  progress: 'result',
  result: 'result',
  'sign-in': 'result',
  history: undefined,
};

/** Where the wizard stands; an account that takes no password needs neither places nor a password. */
function stepsOf({ screen, report }: Wizard): Steps | undefined {
  const current = STEP_OF[screen];
  const skipped: readonly StepName[] = screen === 'sign-in' && !report ? ['places', 'password'] : [];
  return current && { current, skipped };
}

interface CurrentProps {
  readonly wizard: Wizard;
  readonly acts: Acts;
  readonly dispatch: (action: Action) => void;
}

/** The screen that the wizard stands on; a screen whose facts are missing is the first one. */
function Current({ wizard, acts, dispatch }: CurrentProps) {
  const { screen, plan, run, report } = wizard;
  const go = (to: Screen): void => dispatch({ type: 'went', screen: to });
  const tick = (row: string, on: boolean): void => dispatch({ type: 'ticked', row, on });
  const wish = (on: boolean): void => dispatch({ type: 'test-message', on });
  if (screen === 'places' && plan)
    return <PlacesScreen wizard={wizard} plan={plan} acts={acts} go={go} tick={tick} />;
  if (screen === 'password' && plan)
    return <PasswordScreen wizard={wizard} plan={plan} acts={acts} go={go} wish={wish} />;
  if (screen === 'progress' && run) return <ProgressScreen run={run} plan={plan} acts={acts} />;
  if (screen === 'result' && report)
    return <ResultScreen wizard={wizard} report={report} acts={acts} go={go} />;
  if (screen === 'sign-in' && plan)
    return <SignInAgainScreen wizard={wizard} plan={plan} acts={acts} go={go} />;
  if (screen === 'history') return <HistoryScreen wizard={wizard} acts={acts} go={go} />;
  return <AccountScreen wizard={wizard} acts={acts} />;
}
