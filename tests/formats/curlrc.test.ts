import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlrc } from '../../electron/formats/curlrc.ts';
import { get, lensLaws, put } from './lens-laws.ts';

const slot = { operation: 1, login: 'jané' };
const inUrl = { operation: 1, url: 1, login: 'jané' };

const holds = (password: string): boolean => password !== '' && !/[\n\r\0]/.test(password);

/** The rule in words: in double quotes, quotes and backslashes behind a backslash. */
function spell(password: string): Buffer | undefined {
  if (!holds(password)) return undefined;
  const spelled = [...password].map((character) =>
    '"\\'.includes(character) ? `\\${character}` : character,
  );
  return Buffer.from(spelled.join(''));
}

/** Every byte but the unreserved ones of RFC 3986 as an escape. */
function spellInUrl(password: string): Buffer | undefined {
  if (!holds(password) || [...password].some((character) => character < ' ')) return undefined;
  const encoded = encodeURIComponent(password).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return Buffer.from(encoded);
}

const bytes = (text: string): Buffer => Buffer.from(text);

const templates = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    head: fc.constantFrom(
      '',
      '# user = "no:no"EOL',
      'user = "first:one"EOL',
      ' /user = noEOL*user = noEOL',
      'url = "imaps://h/"EOLsilentEOL',
      'nextEOLproxy-user = "jané:no"EOL',
    ),
    keyword: fc.constantFrom('user = ', 'user=', 'USER : ', '--user ', '-u ', '-su\t', ' \tuser '),
    login: fc.constantFrom('jané', 'j\\ané'),
    tail: fc.constantFrom(
      '',
      'EOL',
      ' # user = noEOLverboseEOL',
      ' ignoredEOL-xuEOL',
      'EOLurl = hEOLnextEOLuser = "jané:second"',
    ),
  })
  .map(({ eol, head, keyword, login, tail }) => ({
    before: bytes(`${head}${keyword}"${login}:`.replaceAll('EOL', eol)),
    after: bytes(`"${tail}`.replaceAll('EOL', eol)),
  }));

const urlTemplates = fc
  .record({
    head: fc.constantFrom('', 'mail-from = "<a@b>"\n', 'proxy-user = a:b\n'),
    open: fc.constantFrom('url = "', 'url ', '--url "'),
    scheme: fc.constantFrom('imaps://', 'smtp://', ''),
    tail: fc.constantFrom('', '/INBOX;UID=1', ':993/?a@b'),
  })
  .map(({ head, open, scheme, tail }) => ({
    before: bytes(`${head}${open}${scheme}jan%c3%a9:`),
    after: bytes(`@mail.example.org${tail}${open.endsWith('"') ? '"' : ''}\n`),
  }));

describe('curlrc lens', () => lensLaws({ lens: curlrc, slot, templates, spell }));

describe('curlrc lens in a URL', () =>
  lensLaws({ lens: curlrc, slot: inUrl, templates: urlTemplates, spell: spellInUrl }));

const anna = { operation: 1, login: 'anna' };

test.each([
  ['user = anna:old', 'old'],
  ['user = anna:a:b', 'a:b'],
  ['user = "anna:\\t\\v\\x\\"\\\\" ignored', '\t\vx"\\'],
  ["user = anna:'old'", "'old'"],
  ['user == anna:old#x # comment', 'old#x'],
  ['--user = anna:old', 'changed'],
  ['--user=anna:old', 'changed'],
  ['-uanna:old', 'old'],
  ['-suanna:old', 'old'],
  ['-osuanna:old', 'changed'],
  ['user = anna', undefined],
  ['user = "anna:"', undefined],
  ['user = anna:old\nuser = anna:new', 'new'],
  ['user = anna:old\nuser', 'old'],
  ['user = "anna:old', 'unsupported'],
  ['user = "anna:old\\"', 'unsupported'],
  ['user = anna:o\0ld', 'unsupported'],
  ['# user = anna:old', 'changed'],
])('reads %j as %j', (line, expected) => {
  expect(get(curlrc, bytes(`${line}\n`), anna)).toBe(expected);
});

const written = (file: string): string => {
  const result = put(curlrc, bytes(file), anna, 'n"w');
  return result.ok ? result.value.toString() : result.problem.kind;
};

test('puts into quotes what was not', () => {
  expect(written('user = anna:old # x\r\n')).toBe('user = "anna:n\\"w" # x\r\n');
  expect(written('-suanna:old\n')).toBe('-su "anna:n\\"w"\n');
});

test('adds a password to a login', () => {
  expect(written('user = anna')).toBe('user = "anna:n\\"w"');
  expect(written('--user "anna"\n')).toBe('--user "anna:n\\"w"\n');
});

test.each(['imap://anna;AUTH=PLAIN:old@h', 'imap://anna:o@ld@h', 'imap://{anna,x}:old@h', 'imap:\\\\anna'])(
  'leaves %s alone',
  (url) => {
    const found = get(curlrc, bytes(`url = ${url}\n`), { operation: 1, url: 1, login: 'anna' });
    expect(['unsupported', 'changed']).toContain(found);
  },
);
