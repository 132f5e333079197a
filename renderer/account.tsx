import { useRef, useState, type FormEvent } from 'react';
import { AccountChoices, ANOTHER } from './account-choices.tsx';
import { OpenPrograms, Unfinished } from './account-bands.tsx';
import type { Acts } from './acts.ts';
import { useEvery } from './every.ts';
import { Frame } from './frame.tsx';
import { Guides } from './guides.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { knownFirst } from './view/program-order.ts';
import type { Wizard } from './wizard-state.ts';

const LOOK_AGAIN_MS = 3000;

/** Which password was changed; first what can lock the account now, live. */
export function AccountScreen({ wizard, acts }: { readonly wizard: Wizard; readonly acts: Acts }) {
  const texts = useMessages().page.account;
  const { scan } = wizard;
  const typed = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState<string>();
  useEvery(LOOK_AGAIN_MS, scan !== undefined && !wizard.busy, acts.scan);

  const chosen = choice ?? scan?.accounts[0]?.address ?? ANOTHER;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const account = chosen === ANOTHER ? (typed.current?.value.trim() ?? '') : chosen;
    if (account === '') typed.current?.focus();
    else void acts.choose(account);
  };
  const empty = scan?.accounts.length === 0;
  return (
    <Frame
      heading={empty ? texts.emptyHeading : texts.heading}
      help={<p>{empty ? texts.emptyHelp : texts.help}</p>}
      foot={
        <button type="submit" form="account" className="button primary" disabled={!scan || wizard.busy}>
          {texts.show}
        </button>
      }
    >
      <Trouble problem={wizard.trouble} />
      {scan ? (
        <>
          <Unfinished wizard={wizard} acts={acts} />
          <OpenPrograms seen={wizard.seen} running={scan.running} />
          <form id="account" onSubmit={submit}>
            <AccountChoices accounts={scan.accounts} chosen={chosen} choose={setChoice} typed={typed} />
          </form>
          {empty ? <Looked programs={scan.looked} /> : null}
          <Guides />
        </>
      ) : (
        <p className="looking" role="status">
          {texts.looking}
        </p>
      )}
    </Frame>
  );
}

/** Where Rekey looked when it found nothing. */
function Looked({ programs }: { readonly programs: readonly string[] }) {
  const texts = useMessages().page.account;
  return (
    <section className="part">
      <h2>{texts.looked}</h2>
      <p className="small">{texts.lookedHelp}</p>
      <ul className="names">
        {knownFirst(programs, (name) => name).map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}
