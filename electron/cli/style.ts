import { stripVTControlCharacters, styleText } from 'node:util';
import type { Mark } from '../report/row.ts';

type Format = Parameters<typeof styleText>[0];

const SHAPES: Readonly<Record<Mark, string>> = {
  done: '●',
  apart: '○',
  waiting: '!',
  failed: '✗',
  yours: '◇',
};

const COLOURS: Readonly<Record<Mark, Format>> = {
  done: 'green',
  apart: 'dim',
  waiting: 'yellow',
  failed: 'red',
  yours: 'yellow',
};

/** How words get their looks; without colours every word stays as it is. */
export interface Style {
  marked(mark: Mark, word: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

export function styleFor(colours: boolean): Style {
  const paint = (format: Format, text: string): string =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  return {
    marked: (mark, word) => paint(COLOURS[mark], `${SHAPES[mark]} ${word}`),
    strong: (text) => paint('bold', text),
    faint: (text) => paint('dim', text),
  };
}

/** Text from a file, a client or a server, safe on a terminal: no control characters, one line. */
export const plain = (text: string): string =>
  stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');

/** The text in at most `width` columns, shortened in the middle, where paths are least telling. */
export function shortened(text: string, width: number): string {
  const letters = [...text];
  if (letters.length <= width) return text;
  const half = (width - 1) / 2;
  return `${letters.slice(0, Math.floor(half)).join('')}…${letters.slice(-Math.ceil(half)).join('')}`;
}
