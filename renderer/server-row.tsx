import type { ReactNode } from 'react';
import type { CheckRow } from '../shared/contract.ts';
import { useMessages } from './speech.ts';
import { usesOf } from './view/words.ts';

interface ServerRowProps {
  readonly name: string;
  readonly protocol: CheckRow['endpoint']['protocol'];
  readonly reason?: string | undefined;
  /** How far the login is. */
  readonly children: ReactNode;
}

/** One login of a run: the server, what it is for, and its verdict. */
export function ServerRow({ name, protocol, reason, children }: ServerRowProps) {
  const messages = useMessages();
  return (
    <li className="row">
      <div className="row-main">
        <span className="row-name">
          {name}
          <span className="uses">{usesOf(messages, [protocol])}</span>
        </span>
        {reason === undefined ? null : <p className="reason">{reason}</p>}
      </div>
      <div className="row-state">{children}</div>
    </li>
  );
}
