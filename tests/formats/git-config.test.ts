import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gitConfig } from '../../electron/formats/git-config.ts';
import { parseGitConfig } from '../../electron/formats/git-config-syntax.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { section: 'sendemail', subsection: 'Work', key: 'smtpPass' };

function spell(password: string): Buffer | undefined {
  if (/[\n\r\0]/.test(password)) return undefined;
  const names: Readonly<Record<string, string>> = { '\t': '\\t', '\b': '\\b', '"': '\\"', '\\': '\\\\' };
  return Buffer.from(`"${[...password].map((char) => names[char] ?? char).join('')}"`);
}

const templates = fc
  .record({
    bom: fc.constantFrom('', '\xef\xbb\xbf'),
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '; caf\xe9 "open\n',
      '[sendemail]\n\tsmtpPass = "other \\" # one" ; note\n',
      '[sendemail "work"]\nsmtpPass=lower\n',
      '[user]\n\tname = \xe9 \\\n\t more\n\tflag\n',
    ),
    header: fc.constantFrom('[sendemail "Work"]\n', '[SendEmail   "W\\ork"] ', '[sendemail "Work"] # x\n'),
    key: fc.constantFrom('smtpPass = ', '\tSMTPPASS\t=\t', 'smtppass='),
    tail: fc.constantFrom('', '\n', ' ; note "\n', '  \n[sendemail "Work"]\n\tsmtpPass = second\n', '#x'),
  })
  .map(({ bom, eol, head, header, key, tail }) => {
    const bytes = (text: string): Buffer => Buffer.from(text.replaceAll('\n', eol), 'latin1');
    return { before: bytes(bom + head + header + key), after: bytes(tail) };
  });

const valuesOf = (text: string): readonly (string | undefined)[] | string => {
  const parsed = parseGitConfig(Buffer.from(text));
  return parsed.ok ? parsed.value.map(({ value }) => value) : (parsed.problem.detail ?? '');
};

describe('git config lens', () => {
  lensLaws({ lens: gitConfig, slot, templates, spell });

  test.each([
    ['[a]b=x  y ; c\n', ['x  y']],
    ['[a]\nb = "x" y "z " ; c\n', ['x y z ']],
    ['[a]\nb = x\\\ny\n', ['xy']],
    ['[a]\nb = "x\\\r\ny"\r\n', ['xy']],
    ['[a] b\n', [undefined]],
    ['[a]\nb =', ['']],
    ['[a]\nb = "\\t\\b\\n\\\\\\""', ['\t\b\n\\"']],
    ['[a]\nb = #x\nc = 1;2', ['', '1']],
    ['[a]\nb="x\ny"\n', 'bad config line 2'],
    ['[a]\nb="\\x"\n', 'bad config line 2'],
    ['[a]\nb # x\n', 'bad config line 2'],
    ['[s "x" ]\nk=1\n', 'bad config line 1'],
    ['[ s]\nk=1\n', 'bad config line 1'],
    ['[s]\nk_x=1\n', 'bad config line 2'],
  ])('reads %j as git does', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test('section and key ignore case, a quoted subsection does not, a dotted one is lower case', () => {
    const parsed = parseGitConfig(Buffer.from('[S "A\\"b\\\\c\\d"]K=1\n[S.Foo]\nk=2\n[a.b "C"]k=3'));
    expect(
      parsed.ok && parsed.value.map(({ section, subsection, key }) => [section, subsection, key]),
    ).toEqual([
      ['s', 'A"b\\cd', 'k'],
      ['s', 'foo', 'k'],
      ['a', 'b.C', 'k'],
    ]);
  });

  const added = (text: string): string => {
    const written = put(gitConfig, Buffer.from(text), slot, 'a b');
    if (!written.ok) return written.problem.kind;
    expect(get(gitConfig, written.value, slot)).toBe('a b');
    return written.value.toString();
  };

  test('a missing password is added behind the last variable of its section', () => {
    expect(added('[sendemail "Work"]\n  x = 1 # c\n[b]\n')).toBe(
      '[sendemail "Work"]\n  x = 1 # c\n  smtpPass = "a b"\n[b]\n',
    );
    expect(added('[sendemail "Work"] x')).toBe('[sendemail "Work"] x\n\tsmtpPass = "a b"');
    expect(added('[sendemail "Work"]\r\n\tx = 1\\\r\n2\r\n')).toBe(
      '[sendemail "Work"]\r\n\tx = 1\\\r\n2\r\n\tsmtpPass = "a b"\r\n',
    );
    expect(added('[sendemail "Work"]\nsmtpPass\n')).toBe('[sendemail "Work"]\nsmtpPass = "a b"\n');
    expect(added('[sendemail "Work"]\n[b]\nx=1\n')).toBe('changed');
  });

  test('a file that git refuses is left alone', () => {
    const bytes = Buffer.from('[sendemail "Work"]\nsmtpPass = "open\n');
    expect(get(gitConfig, bytes, slot)).toBe('unsupported');
    expect(put(gitConfig, bytes, slot, 'x')).toMatchObject({ problem: { kind: 'unsupported' } });
  });
});
