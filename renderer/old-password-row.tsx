import { fill } from '../shared/messages/explain.ts';
import { Mark } from './mark.tsx';
import { Reason } from './place-row.tsx';
import { useMessages } from './speech.ts';
import { OLD_LOOKS, type OldLine } from './view/old-passwords.ts';
import { shortened, usesOf } from './view/words.ts';

interface OldPasswordRowProps {
  readonly line: OldLine;
  readonly busy: boolean;
  readonly ask: (act: 'remove' | 'undo') => void;
}

const WHERE_LENGTH = 56;

/** One old password: whose it is, where it lies, what became of it, and the one act that is possible. */
export function OldPasswordRow({ line, busy, ask }: OldPasswordRowProps) {
  const messages = useMessages();
  const { signIn: texts, result } = messages.page;
  const { row, word, subject, reason, removable, run } = line;
  const name = [row.program, row.name, ...(row.backup ? [texts.copy] : [])].join(', ');
  const uses = [usesOf(messages, row.protocols), ...(row.backup ? [texts.copy] : [])].join(', ');
  return (
    <li className="row">
      <div className="row-main">
        <span className="row-name">
          {`${row.program}, ${row.name}`}
          <span className="uses">{uses}</span>
        </span>
        <p className="where">{shortened(row.where, WHERE_LENGTH)}</p>
        {reason ? <Reason problem={reason} when="after" /> : null}
        {word === 'locked' && !reason ? <p className="reason">{texts.lockedHelp}</p> : null}
      </div>
      <div className="row-state">
        <Mark look={OLD_LOOKS[word]}>{fill(texts.states[word], { subject: subject ?? row.program })}</Mark>
      </div>
      <div className="row-act">
        {removable ? (
          <button
            type="button"
            className="button quiet"
            disabled={busy}
            aria-label={fill(texts.removeOf, { name })}
            onClick={() => ask('remove')}
          >
            {texts.remove}
          </button>
        ) : null}
        {run === undefined ? null : (
          <button
            type="button"
            className="button quiet"
            disabled={busy}
            aria-label={fill(result.undoOf, { name })}
            onClick={() => ask('undo')}
          >
            {result.undo}
          </button>
        )}
      </div>
    </li>
  );
}
