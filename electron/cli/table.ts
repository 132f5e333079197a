import { explain } from '../../shared/messages/explain.ts';
import { guideSteps } from '../../shared/messages/guide-steps.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import { homely } from '../report/homely.ts';
import type { Row } from '../report/row.ts';
import { plain, shortened, type Style } from './style.ts';

/** What a table needs to know about where it is shown. */
export interface Sheet {
  readonly messages: Messages;
  readonly style: Style;
  /** Spelled `~` in paths. */
  readonly home: string;
  /** Columns; undefined where nothing needs to be shortened. */
  readonly width: number | undefined;
}

const INDENT = '  ';
const GAP = '  ';
const SHORTEST_PATH = 20;

/** The rows as lines: state, program, what for, where; the reason and the next step on lines of their own. */
export function table(rows: readonly Row[], sheet: Sheet): readonly string[] {
  const cells = rows.map((row) => ({ row, texts: textsOf(row, sheet) }));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...cells.map(({ texts }) => lengthOf(texts[column]))));
  return cells.flatMap(({ row, texts }) => [
    line(row, texts, widths, sheet),
    ...reasonLines(row, sheet),
    ...guideLines(row, sheet),
  ]);
}

function textsOf({ word, clients, protocols, where }: Row, { messages, home }: Sheet): readonly string[] {
  const uses = protocols.map((protocol) => messages.protocols[protocol]);
  return [word, plain(clients.join(', ')), uses.join(', '), plain(homely(where, home))];
}

function line(row: Row, texts: readonly string[], widths: readonly number[], sheet: Sheet): string {
  const [word = '', client = '', uses = '', where = ''] = texts;
  const [wordWidth = 0, clientWidth = 0, usesWidth = 0] = widths;
  const before = INDENT.length + 2 + wordWidth + clientWidth + usesWidth + 3 * GAP.length;
  const room = sheet.width === undefined ? where.length : Math.max(SHORTEST_PATH, sheet.width - before);
  const columns = [
    sheet.style.marked(row.mark, pad(word, wordWidth)),
    pad(client, clientWidth),
    pad(uses, usesWidth),
    sheet.style.faint(shortened(where, room)),
  ];
  return `${INDENT}${columns.join(GAP)}`.trimEnd();
}

function reasonLines({ reason }: Row, { messages, home, style }: Sheet): readonly string[] {
  if (!reason) return [];
  const { sentence, next } = explain(messages, reason);
  const said = [sentence, ...(next === undefined ? [] : [next])].join(' ');
  return [`${INDENT}${INDENT}${style.faint(plain(homely(said, home)))}`];
}

function guideLines(row: Row, { messages, home, style }: Sheet): readonly string[] {
  if (row.guide === undefined) return [];
  return guideSteps(messages, row.guide, row).map(
    (step, at) => `${INDENT}${INDENT}${style.faint(`${at + 1}. ${plain(homely(step, home))}`)}`,
  );
}

const lengthOf = (text: string | undefined): number => [...(text ?? '')].length;
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - lengthOf(text)));
