import type { RefObject } from 'react';
import type { AccountCard } from '../shared/contract.ts';
import { count, fill } from '../shared/messages/explain.ts';
import { Letter } from './groups.tsx';
import { useMessages } from './speech.ts';
import { knownFirst } from './view/program-order.ts';
import { namedPrograms } from './view/words.ts';

/** The choice that stands for an address typed by hand; no mail address is empty. */
export const ANOTHER = '';

interface ChoicesProps {
  readonly accounts: readonly AccountCard[];
  readonly chosen: string;
  readonly choose: (address: string) => void;
  readonly typed: RefObject<HTMLInputElement | null>;
}

/** The accounts of this computer as cards of one radio group, and a field for another address. */
export function AccountChoices({ accounts, chosen, choose, typed }: ChoicesProps) {
  const { account: texts } = useMessages().page;
  const another = chosen === ANOTHER;
  return (
    <fieldset className="cards">
      <legend className="hidden">{texts.choices}</legend>
      {accounts.map((account) => (
        <Card
          key={account.address}
          account={account}
          checked={chosen === account.address}
          choose={() => choose(account.address)}
        />
      ))}
      {accounts.length === 0 ? (
        <AddressField typed={typed} />
      ) : (
        <div className="card" data-chosen={another}>
          <label className="card-line">
            <input type="radio" name="account" checked={another} onChange={() => choose(ANOTHER)} />
            <span className="card-name">{texts.another}</span>
          </label>
          {another ? <AddressField typed={typed} /> : null}
        </div>
      )}
    </fieldset>
  );
}

interface CardProps {
  readonly account: AccountCard;
  readonly checked: boolean;
  readonly choose: () => void;
}

function Card({ account, checked, choose }: CardProps) {
  const messages = useMessages();
  const { account: texts, frame } = messages.page;
  const extent = account.signsInWithTokens
    ? texts.cardTokens
    : fill(texts.card, {
        places: count(frame.places, account.places),
        programs: count(frame.programs, account.programs.length),
      });
  return (
    <label className="card card-line" data-chosen={checked}>
      <input type="radio" name="account" checked={checked} onChange={choose} />
      <span className="card-text">
        <span className="card-name">{account.address}</span>
        <span className="small">
          {extent}: {namedPrograms(messages, account.programs, frame.andOthers)}
        </span>
      </span>
      <Letters programs={account.programs} />
    </label>
  );
}

const MOST_LETTERS = 4;

/** A first impression of how much it is; the programs stand by name beside it. */
function Letters({ programs }: { readonly programs: readonly string[] }) {
  const ordered = knownFirst(programs, (name) => name);
  return (
    <span className="letters" aria-hidden="true">
      {ordered.slice(0, MOST_LETTERS).map((name) => (
        <Letter key={name} name={name} />
      ))}
      {ordered.length > MOST_LETTERS ? (
        <span className="letter more">+{ordered.length - MOST_LETTERS}</span>
      ) : null}
    </span>
  );
}

function AddressField({ typed }: Pick<ChoicesProps, 'typed'>) {
  const { account: texts } = useMessages().page;
  return (
    <div className="card-field">
      <label htmlFor="address">{texts.address}</label>
      <input
        ref={typed}
        id="address"
        className="field"
        type="text"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby="address-hint"
      />
      <p className="small" id="address-hint">
        {texts.addressHint}
      </p>
    </div>
  );
}
