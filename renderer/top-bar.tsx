import { useState } from 'react';
import { fill } from '../shared/messages/explain.ts';
import { VERSION } from '../shared/version.ts';
import { APPEARANCES, keepAppearance, keptAppearance, showAppearance } from './appearance.ts';
import { Dialog } from './dialog.tsx';
import { HelpIcon, HistoryIcon, MoonIcon, SunIcon, SystemIcon } from './icons.tsx';
import { useMessages } from './speech.ts';

const ICONS = { system: SystemIcon, light: SunIcon, dark: MoonIcon } as const;

/** The quiet bar: the name, the history, help and the appearance. */
export function TopBar({ onHistory }: { readonly onHistory?: () => void }) {
  const { frame } = useMessages().page;
  const [helping, setHelping] = useState(false);
  return (
    <header className="bar">
      <span className="name">Rekey</span>
      {onHistory ? (
        <button type="button" className="button quiet" onClick={onHistory}>
          <HistoryIcon />
          {frame.history}
        </button>
      ) : null}
      <button
        type="button"
        className="button quiet square"
        aria-label={frame.help}
        title={frame.help}
        onClick={() => setHelping(true)}
      >
        <HelpIcon />
      </button>
      <AppearanceButton />
      {helping ? <Help onClose={() => setHelping(false)} /> : null}
    </header>
  );
}

function AppearanceButton() {
  const { appearance } = useMessages().page.frame;
  const [chosen, setChosen] = useState(keptAppearance);
  const change = (): void => {
    const next = APPEARANCES[(APPEARANCES.indexOf(chosen) + 1) % APPEARANCES.length] ?? 'system';
    showAppearance(next);
    keepAppearance(next);
    setChosen(next);
  };
  const Icon = ICONS[chosen];
  const name = appearance[chosen];
  return (
    <button type="button" className="button quiet square" aria-label={name} title={name} onClick={change}>
      <Icon />
    </button>
  );
}

function Help({ onClose }: { readonly onClose: () => void }) {
  const { frame, advice } = useMessages().page;
  return (
    <Dialog
      title={advice.help.title}
      onClose={onClose}
      foot={(close) => (
        <button type="button" className="button primary" onClick={close}>
          {frame.close}
        </button>
      )}
    >
      <ul className="plain-list">
        {advice.help.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <p className="small">{fill(advice.help.version, { version: VERSION })}</p>
    </Dialog>
  );
}
