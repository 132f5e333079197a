import type { Guide } from '../shared/messages/page-advice.ts';
import { Mark } from './mark.tsx';
import { useMessages } from './speech.ts';

/** For somebody who came before the reset: the way to it as a user and as an administrator, folded. */
export function Guides() {
  const { account: texts, advice } = useMessages().page;
  return (
    <details className="fold">
      <summary>{texts.notYet}</summary>
      <p className="small">{advice.guidesHelp}</p>
      <div className="columns">
        {advice.guides.map((guide) => (
          <GuideSteps key={guide.title} guide={guide} />
        ))}
      </div>
    </details>
  );
}

function GuideSteps({ guide: { title, steps } }: { readonly guide: Guide }) {
  return (
    <section>
      <h2>{title}</h2>
      <ol className="numbered">
        {steps.map(({ text, byRekey }) => (
          <li key={text}>
            {text}
            {byRekey === undefined ? null : (
              <span className="by-rekey">
                <Mark look={{ shape: 'filled', tone: 'accent' }}>{byRekey}</Mark>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
