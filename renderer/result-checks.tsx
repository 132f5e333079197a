import type { CheckRow, ReportView } from '../shared/contract.ts';
import { fill } from '../shared/messages/explain.ts';
import { explainOnPage } from '../shared/messages/explain-on-page.ts';
import { Mark } from './mark.tsx';
import { ServerRow } from './server-row.tsx';
import { useMessages } from './speech.ts';
import { RESULT_LOOKS } from './view/result-view.ts';
import { endpointKey, serverNames } from './view/servers.ts';
import { secondsOf, SHOW_TIME_AFTER_MS } from './view/words.ts';

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
    <ServerRow
      name={name}
      protocol={endpoint.protocol}
      reason={problem && explainOnPage(messages, problem, 'after').sentence}
    >
      <Mark look={RESULT_LOOKS[accepted ? 'written' : 'failed']}>{accepted ? yes : texts.refused}</Mark>
    </ServerRow>
  );
}
