import { explainOnPage } from '../shared/messages/explain-on-page.ts';
import { Mark } from './mark.tsx';
import { useMessages } from './speech.ts';
import { Quote } from './trouble.tsx';
import { messageState, stateOf, type MessageProgress } from './view/message-state.ts';

interface MessageSectionProps {
  readonly message: MessageProgress;
  /** How the sections around it are built: the result's stand further apart. */
  readonly kind: 'group' | 'part';
}

/** The test message as a section of its own, while a run goes on and in its result. */
export function MessageSection({ message, kind }: MessageSectionProps) {
  const messages = useMessages();
  const { title, name, unseen } = messages.testMessage;
  const { look, word } = messageState(messages, message);
  const problem = typeof message === 'object' ? message.problem : undefined;
  const told = problem && explainOnPage(messages, problem, 'after');
  return (
    <section className={kind}>
      <h2 className={kind === 'group' ? 'group-name' : ''}>{title}</h2>
      <ul className="rows">
        <li className="row">
          <div className="row-main">
            <span className="row-name">{name}</span>
            {stateOf(message) === 'sent' ? <p className="reason">{unseen}</p> : null}
            {told ? <p className="reason">{[told.sentence, told.next].join(' ').trim()}</p> : null}
            {told ? <Quote text={told.details} /> : null}
          </div>
          <div className="row-state">
            <Mark look={look}>{word}</Mark>
          </div>
        </li>
      </ul>
    </section>
  );
}
