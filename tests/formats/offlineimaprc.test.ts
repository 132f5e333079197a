import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offlineimaprc } from '../../electron/formats/offlineimaprc.ts';
import { strippedLine } from '../../electron/formats/stripped-line.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { section: 'Repository work' };

/** `trim` knows the blanks of Unicode, Python U+0085 as well (and control characters that no password here has). */
const hasBlankEnds = (text: string): boolean =>
  text.trim() !== text || text.startsWith('\x85') || text.endsWith('\x85');

/** The rule in words: as it is, a percent sign twice. */
function spell(password: string): Buffer | undefined {
  if (password === '' || /[\n\r\0]/.test(password) || hasBlankEnds(password)) return undefined;
  return Buffer.from(password.split('%').join('%%'));
}

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '# café remotepass = noEOL',
      '[DEFAULT]EOLremotepass = noEOLEOL',
      '[Repository other]EOLremotepass = noEOL  two linesEOL',
      ';[Repository work]EOL;remotepass = noEOL',
    ),
    header: fc.constantFrom('[Repository work]', '[Repository work] # comment', '[Repository work]; x'),
    indent: fc.constantFrom('  ', '\t\t'),
    before: fc.constantFrom('', 'type = IMAPEOLINDENT', '# remotepass = noEOLINDENT'),
    option: fc.constantFrom('remotepass = ', 'RemotePass:', 'remotepass\t=\t'),
    tail: fc.constantFrom(
      '',
      'EOL',
      'EOL # commentEOL',
      'EOLINDENTssl = noEOL',
      'EOL[Repository z]EOLremotepass = no',
    ),
  })
  .map(({ eol, head, header, indent, before, option, tail }) => {
    const bytes = (text: string): Buffer =>
      Buffer.from(text.replaceAll('EOL', eol).replaceAll('INDENT', indent));
    return { before: bytes(`${head}${header}EOLINDENT${before}${option}`), after: bytes(tail) };
  });

const SECTION = '[Repository work]\n';

function written(file: string, password = 'n%w'): string {
  const result = put(offlineimaprc, Buffer.from(file), slot, password);
  return result.ok ? result.value.toString() : result.problem.kind;
}

describe('offlineimaprc lens', () => {
  lensLaws({ lens: offlineimaprc, slot, templates, spell });

  test.each([
    ['remotepass = x # y', 'x # y'],
    ['remotepass=#y', '#y'],
    ['remotepass: "q"  ', '"q"'],
    ['remotepass = 100%%', '100%'],
    ['remotepass = 100%', 'unsupported'],
    ['remotepass = %(x)s', 'unsupported'],
    ['remotepass = x\n  y', 'unsupported'],
    ['remotepass =\n  y', 'unsupported'],
    ['remotepass = x\u00a0', 'unsupported'],
    ['remotepass = x\n  # y', 'x'],
    ['remotepass =', undefined],
    ['remotepass', 'unsupported'],
    ['type = IMAP\n  remotepass = x', undefined],
    ['remotepass = x\nremotepass = y', 'unsupported'],
  ])('reads %j as %j', (lines, expected) => {
    expect(get(offlineimaprc, Buffer.from(SECTION + lines), slot)).toBe(expected);
  });

  test('adds a line behind the last one of the section', () => {
    expect(written(SECTION)).toBe('[Repository work]\nremotepass = n%%w\n');
    expect(written('[Repository work]\r\n  a = b\r\n    c\r\n# d\r\n\r\n[x]')).toBe(
      '[Repository work]\r\n  a = b\r\n    c\r\n  remotepass = n%%w\r\n# d\r\n\r\n[x]',
    );
    expect(written('[Repository work]\nremotepass =\n')).toBe('[Repository work]\nremotepass = n%%w\n');
  });
});

describe('stripped-line lens', () => {
  test('keeps what the reader would keep', () => {
    const file = Buffer.from(' old \nmore\n');
    expect(get(strippedLine, file, {})).toBe('old');
    expect(put(strippedLine, file, {}, 'old')).toEqual({ ok: true, value: file });
    expect(put(strippedLine, file, {}, 'n w')).toMatchObject({ value: Buffer.from('n w\nmore\n') });
    expect(put(strippedLine, file, {}, 'new ')).toMatchObject({ problem: { kind: 'format-cannot-hold' } });
    expect(put(strippedLine, file, {}, '\u00a0new')).toMatchObject({ ok: false });
    expect(get(strippedLine, Buffer.from('\x1cold\x85\n', 'utf8'), {})).toBe('old');
    expect(get(strippedLine, Buffer.from('\ufeffold\n'), {})).toBe('\ufeffold');
  });
});
