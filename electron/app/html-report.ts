import { explainOnPage } from '../../shared/messages/explain-on-page.ts';
import { fill } from '../../shared/messages/explain.ts';
import { guideSteps } from '../../shared/messages/guide-steps.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import type { Checked, TestMessage } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { VERSION } from '../../shared/version.ts';
import type { Ending, Section } from '../report/ending.ts';
import { messageText } from '../report/message-text.ts';
import type { Row } from '../report/row.ts';
import { markup, Markup, when } from './markup.ts';

/** The report as one page that needs nothing else: no scripts, no pictures, no connections. */
export function htmlReport(ending: Ending, messages: Messages, at: Date): string {
  const texts = messages.savedReport;
  const date = new Intl.DateTimeFormat(messages.language, { dateStyle: 'long', timeStyle: 'short' });
  const page = markup`<!doctype html>
<html lang="${messages.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${texts.title}</h1>
<p>${fill(texts.made, { date: date.format(at), version: VERSION })}</p>
${identity(ending, messages)}
${result(ending, messages)}
${when(nonEmpty(ending.checks), (checks) => logins(checks, messages))}
${when(ending.message, (message) => testMessage(message, messages))}
${ending.sections.map((section) => places(section, messages))}
${when(nonEmpty(ending.warnings), (warnings) => notes(warnings, messages))}
<p>${texts.noPassword}</p>
</main>
</body>
</html>
`;
  return page.html;
}

const STYLE = new Markup(`
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 40px 24px }
main { max-width: 960px; margin: auto }
h1 { font-size: 24px } h2 { font-size: 17px; margin-top: 40px }
table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; padding: 8px 16px 8px 0; border-bottom: 1px solid #8884 }
td { overflow-wrap: anywhere } dt { font-weight: 600 } dd { margin: 0 0 8px }
small { display: block } ol { margin: 4px 0; padding-inline-start: 20px }
`);

function identity({ account, run }: Ending, { savedReport }: Messages): Markup {
  return markup`<dl>
${when(account, (each) => markup`<dt>${savedReport.account}</dt><dd>${each}</dd>`)}
${when(run, (each) => markup`<dt>${savedReport.run}</dt><dd>${each}</dd>`)}
</dl>`;
}

/** What ended the run, and the exact numbers; the reasons stand in the table below. */
function result({ stopped, summary }: Ending, messages: Messages): Markup {
  const lines = summary.filter((line) => line !== messages.commandLine.seeRows);
  return markup`<h2>${messages.savedReport.result}</h2>
${when(stopped, (problem) => markup`<p>${spoken(problem, messages)}</p>`)}
<p>${lines.join(' ')}</p>`;
}

function logins(checks: readonly Checked[], messages: Messages): Markup {
  const { savedReport, protocols, commandLine } = messages;
  const rows = checks.map(
    ({ endpoint: { protocol, host, port, login }, result }) => markup`<tr>
<td>${host}:${port}<small>${protocols[protocol]}</small></td>
<td>${login}</td>
<td>${result === 'accepted' ? commandLine.accepted : spoken(result, messages)}</td>
</tr>`,
  );
  return markup`<h2>${savedReport.logins}</h2>
<table>
<tr><th>${savedReport.server}</th><th>${savedReport.login}</th><th>${savedReport.answer}</th></tr>
${rows}
</table>`;
}

const testMessage = (message: TestMessage, messages: Messages): Markup =>
  markup`<h2>${messages.testMessage.title}</h2>
<p>${messageText(message, messages)}</p>`;

function places({ heading, rows }: Section, messages: Messages): Markup {
  const { savedReport } = messages;
  const { program, use, where, outcome } = savedReport;
  return markup`<h2>${savedReport.places}${when(heading, (each) => markup`: ${each}`)}</h2>
<table>
<tr><th>${program}</th><th>${use}</th><th>${where}</th><th>${outcome}</th></tr>
${rows.map((row) => place(row, messages))}
</table>`;
}

function place(row: Row, messages: Messages): Markup {
  const uses = row.protocols.map((protocol) => messages.protocols[protocol]).join(', ');
  const verified = row.verified === true ? messages.savedReport.readBack : undefined;
  return markup`<tr>
<td>${row.clients.join(', ')}<small>${row.login}</small></td>
<td>${uses}</td>
<td>${row.where}</td>
<td>${row.word}${when(verified, (each) => markup`<small>${each}</small>`)}
${when(row.reason, (reason) => markup`<small>${spoken(reason, messages)}</small>`)}
${when(row.guide, (guide) => steps(guideSteps(messages, guide, row)))}</td>
</tr>`;
}

const steps = (texts: readonly string[]): Markup =>
  markup`<ol>
${texts.map((text) => markup`<li>${text}</li>`)}
</ol>`;

const notes = (warnings: readonly Problem[], messages: Messages): Markup =>
  markup`<h2>${messages.savedReport.notes}</h2>
<ul>
${warnings.map((problem) => markup`<li>${spoken(problem, messages)}</li>`)}
</ul>`;

function spoken(problem: Problem, messages: Messages): string {
  const { sentence, next, details } = explainOnPage(messages, problem, 'after');
  return [sentence, next, details && `${messages.commandLine.details}: “${details}”`]
    .filter((part) => part !== undefined)
    .join(' ');
}

const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
