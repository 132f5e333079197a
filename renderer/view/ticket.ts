import type { ReportView } from '../../shared/contract.ts';
import { fill } from '../../shared/messages/explain.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import { explainOnPage } from '../../shared/messages/explain-on-page.ts';
import { messageState } from './message-state.ts';
import { resultView } from './result-view.ts';
import { usesOf } from './words.ts';

/** The report as plain text for a ticket: what was checked and what became of each place, no path and no secret. */
export function ticketText(messages: Messages, report: ReportView, undone: readonly ReportView[]): string {
  const { ticket, result } = messages.page;
  const { waiting, notDone, changed, restored, manual, left } = resultView(report, undone);
  const checks = report.checks.map(({ endpoint, accepted, problem }) =>
    fill(ticket.server, {
      host: endpoint.host,
      port: endpoint.port,
      use: usesOf(messages, [endpoint.protocol]),
      result: accepted
        ? messages.page.progress.checks.accepted
        : problem
          ? explainOnPage(messages, problem, 'after').sentence
          : result.refused,
    }),
  );
  const places = [...changed, ...waiting, ...notDone, ...restored, ...manual, ...left].map(
    ({ row, word, reason }) => {
      const outcome = reason
        ? `${result.outcomes[word]} (${explainOnPage(messages, reason, 'after').sentence})`
        : result.outcomes[word];
      return fill(ticket.place, { program: row.program, name: row.name, outcome });
    },
  );
  const title = fill(ticket.title, { account: report.account ?? '' });
  const run = report.run === undefined ? [] : [fill(ticket.run, { run: report.run })];
  const message = report.message
    ? [`${messages.testMessage.title}: ${messageState(messages, report.message).word}`]
    : [];
  return [title, '', ...checks, ...places, ...message, ...run].join('\n');
}
