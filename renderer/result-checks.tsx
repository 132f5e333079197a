import type { CheckRow, ReportView } from '../shared/contract.ts';
import { fill } from '../shared/messages/explain.ts';
import { explainOnPage } from '../shared/messages/explain-on-page.ts';
import { Mark } from './mark.tsx';
import { useMessages } from './speech.ts';
import { RESULT_LOOKS } from './view/result-view.ts';
import { endpointKey, serverNames } from './view/servers.ts';
import { secondsOf, SHOW_TIME_AFTER_MS, usesOf } from './view/words.ts';

/** The proof: each login with the server's verdict. */
export function Checks({ report: { checks } }: { readonly report: ReportView }) {
  const messages = useMessages();
  const names = serverNames(
    messages,
    checks.map(({ endpoint }) => endpoint),
  );
  if (checks.length === 0) return null;
  return (
    <section className="part">
      <h2>{messages.page.result.checksTitle}</h2>
      <ul className="rows">
        {checks.map((check, index) => (
          <Check key={endpointKey(check.endpoint)} check={check} name={names[index] ?? check.endpoint.host} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check: { endpoint, accepted, problem, ms }, name }: { check: CheckRow; name: string }) {
  const messages = useMessages();
  const { result: texts } = messages.page;
  const yes =
    ms < SHOW_TIME_AFTER_MS ? texts.accepted : fill(texts.acceptedAfter, { n: secondsOf(messages, ms) });
  return (
    <li className="row">
      <div className="row-main">
        <span className="row-name">
          {name}
          <span className="uses">{usesOf(messages, [endpoint.protocol])}</span>
        </span>
        {problem ? <p className="reason">{explainOnPage(messages, problem, 'after').sentence}</p> : null}
      </div>
      <div className="row-state">
        <Mark look={RESULT_LOOKS[accepted ? 'written' : 'failed']}>{accepted ? yes : texts.refused}</Mark>
      </div>
    </li>
  );
}
