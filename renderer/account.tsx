import { useRef, useState, type FormEvent } from 'react';
import { fill } from '../shared/messages/explain.ts';
import { AccountChoices, ANOTHER } from './account-choices.tsx';
import { Guides, OpenPrograms, Unfinished } from './account-bands.tsx';
import type { Acts } from './acts.ts';
import { useEvery } from './every.ts';
import { Frame } from './frame.tsx';
import { useMessages } from './speech.ts';
import { Trouble } from './trouble.tsx';
import { listed } from './view/words.ts';
import type { Wizard } from './wizard-state.ts';

const LOOK_AGAIN_MS = 3000;

/** Which password was changed; first what can lock the account now, live. */
export function AccountScreen({ wizard, acts }: { readonly wizard: Wizard; readonly acts: Acts }) {
  const messages = useMessages();
  const texts = messages.page.account;
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
      help={<p>{empty ? fill(texts.emptyHelp, { programs: listed(messages, scan.looked) }) : texts.help}</p>}
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
