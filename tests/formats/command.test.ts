import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  argvTarget,
  commandProgram,
  commandTarget,
  type CommandTarget,
} from '../../electron/formats/command.ts';
import { commandPlace } from '../../electron/formats/command-place.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);

const file = (path: string): CommandTarget => ({ kind: 'file', path });
const gpg = (path: string): CommandTarget => ({ kind: 'gpg', path });
const pass = (entry: string): CommandTarget => ({ kind: 'pass', entry, program: 'pass' });
const item = (attributes: Record<string, string>): CommandTarget => ({ kind: 'secret-service', attributes });

describe('recognised', () => {
  test.each<[string, CommandTarget]>([
    [
      'secret-tool lookup host mail.example.org user alice',
      item({ host: 'mail.example.org', user: 'alice' }),
    ],
    [
      `/usr/bin/secret-tool lookup service 'my mail' user "o'neill"`,
      item({ service: 'my mail', user: "o'neill" }),
    ],
    ['secret-tool lookup -- key -value', item({ key: '-value' })],
    ["secret-tool lookup user alice | tr -d '\\n'", item({ user: 'alice' })],
    ['pass show mail/alice', pass('mail/alice')],
    ['pass mail/alice', pass('mail/alice')],
    ['/usr/bin/pass show "mail/my account" | head -n1', pass('mail/my account')],
    ['pass show mail | head -n 1 | tr -d "\\n"', pass('mail')],
    ['pass show mail|head -1', pass('mail')],
    ['pass show -- mail', pass('mail')],
    ['gopass show -o mail/alice', { kind: 'pass', entry: 'mail/alice', program: 'gopass' }],
    ['gopass show --nosync -o mail', { kind: 'pass', entry: 'mail', program: 'gopass' }],
    ['pass show mail | sed 1q', pass('mail')],
    ["pass show mail | sed -n '1p'", pass('mail')],
    ['gopass show --password mail', { kind: 'pass', entry: 'mail', program: 'gopass' }],
    ['gpg -dq ~/.mail.gpg', gpg('~/.mail.gpg')],
    ['gpg --quiet --batch --no-tty --for-your-eyes-only --decrypt "$HOME/.mail.gpg"', gpg('~/.mail.gpg')],
    ['gpg2 -q -d -- /etc/mail.gpg', gpg('/etc/mail.gpg')],
    [
      "gpg -q --for-your-eyes-only --no-tty -d ~/.authinfo.gpg | awk '/machine imap.example.org login alice@example.org/ {print $NF}'",
      {
        kind: 'gpg',
        path: '~/.authinfo.gpg',
        line: { machine: 'imap.example.org', login: 'alice@example.org' },
      },
    ],
    [
      "cat ~/.authinfo | awk '/machine imap\\.example\\.org/{ print $NF; }' | head -1",
      { kind: 'file', path: '~/.authinfo', line: { machine: 'imap.example.org', login: '' } },
    ],
    ['cat ${HOME}/.secret', file('~/.secret')],
    ['cat "$HOME"/".my secret"', file('~/.my secret')],
    ['cat ~/my\\ secret', file('~/my secret')],
    ["cat '/etc/$HOME'", file('/etc/$HOME')],
    ['cat "/a\\"b\\$c\\d"', file('/a"b$c\\d')],
    ['  cat -- /etc/secret  ', file('/etc/secret')],
    ['head -1 /etc/secret', file('/etc/secret')],
    ['head -n 1 ~/.secret', file('~/.secret')],
    ['head -n1 -- ~/.secret', file('~/.secret')],
    [
      'keyring get mail alice@example.org',
      { kind: 'keyring', service: 'mail', username: 'alice@example.org' },
    ],
    [
      'kwallet-query -r alice -f Mail kdewallet',
      { kind: 'kwallet', wallet: 'kdewallet', folder: 'Mail', entry: 'alice' },
    ],
    [
      'kwallet-query kdewallet --folder Mail --read-password alice',
      { kind: 'kwallet', wallet: 'kdewallet', folder: 'Mail', entry: 'alice' },
    ],
  ])('%s', (line, target) => expect(commandTarget(line)).toEqual(target));
});

describe('unknown', () => {
  test.each([
    '',
    '|',
    'pass',
    'pass show',
    'pass ls',
    'pass git',
    'pass show mail |',
    'pass show mail | head',
    'pass show mail | head -n2',
    'pass show mail | head -1 /etc/secret',
    'pass show mail | tr -d \\n',
    'pass show mail | sed -n 2p',
    "pass show mail | head -1 | awk '{print $2}'",
    'pass show mail || cat /etc/secret',
    'pass show mail && true',
    'pass show mail; true',
    'pass show mail &',
    'pass show mail 2>/dev/null',
    'pass show mail < /dev/null',
    'pass show -c mail',
    'pass show ../secret',
    'pass /secret',
    'pass show mail/',
    'pass ~/secret',
    'pass ~alice',
    'pass show $ACCOUNT',
    'pass show `hostname`',
    'pass show "$(hostname)"',
    'pass show mail # comment',
    'PASSWORD_STORE_DIR=/tmp pass show mail',
    'gopass show mail',
    'gopass mail',
    'gopass show --nosync mail',
    'gopass show -o --clip mail',
    'gopass show -o',
    'pass show mail | sed 2q',
    "pass show mail | awk '/machine h login u/ {print $NF}'",
    "gpg -d ~/.authinfo.gpg | awk '/machine h login u/ {print $6}'",
    "gpg -d ~/.authinfo.gpg | awk '/machine h.* login u/ {print $NF}'",
    "gpg -d ~/.authinfo.gpg | head -1 | awk '/machine h/ {print $NF}'",
    "gpg -d ~/.authinfo.gpg | awk -F: '/machine h/ {print $NF}'",
    'gpg ~/.mail.gpg',
    'gpg -d',
    'gpg -d ~/.mail.gpg ~/.other.gpg',
    'gpg -d --passphrase-file ~/.pw ~/.mail.gpg',
    'gpg -o /tmp/x -d ~/.mail.gpg',
    'cat secret',
    'cat ./secret',
    'cat ~alice/secret',
    'cat "~/secret"',
    'cat $HOMEDIR/secret',
    'cat $HOME',
    "cat '$HOME/secret'",
    'cat ~/a ~/b',
    'cat ~/secrets/*',
    'cat ~/{a,b}',
    'cat ~/secret?',
    'cat -n ~/secret',
    'cat "/etc/secret',
    "cat '/etc/secret",
    'cat /etc/secret\\',
    'cat /etc/secret\ncat /etc/other',
    'head /etc/secret',
    'head -2 /etc/secret',
    'keyring get mail',
    'keyring -b file get mail alice',
    'keyring set mail alice',
    'kwallet-query -r alice kdewallet',
    'kwallet-query -w alice -f Mail kdewallet',
    'secret-tool lookup',
    'secret-tool lookup host',
    'secret-tool lookup host a host b',
    'secret-tool search host a',
    'secret-tool lookup host a --unlock b',
    'secret-tool lookup path ~/x',
    'echo hunter2',
    '~/bin/pass show mail',
    './pass show mail',
    '/home/alice/bin/pass show mail',
    'toString',
    '__proto__ x',
  ])('%j', (line) => expect(commandTarget(line)).toEqual({ kind: 'unknown' }));
});

describe('whatever is typed', () => {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const name = fc.string({ minLength: 1 }).filter((text) => !/[\0\r\n]/.test(text) && !text.startsWith('-'));

  test('quoted words mean themselves', () => {
    fc.assert(
      fc.property(name, name, (key, value) => {
        const line = `secret-tool lookup ${quoted(key)} ${quoted(value)}`;
        expect(commandTarget(line)).toEqual(item(Object.fromEntries([[key, value]])));
        expect(argvTarget(['secret-tool', 'lookup', key, value])).toEqual(commandTarget(line));
      }),
      { numRuns },
    );
  });

  test('no line makes it fail, and only absolute paths or paths in the home folder come out', () => {
    const piece = fc.constantFrom(
      'cat',
      'head',
      '-n1',
      'gpg',
      '-d',
      'pass',
      'show',
      '~',
      '$HOME',
      '/',
      'x',
      '..',
      '"',
      "'",
      '\\',
      ' ',
      ' ',
      '|',
      ';',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (line) => {
          const target = commandTarget(line);
          if (target.kind === 'file' || target.kind === 'gpg') expect(target.path).toMatch(/^~?\//);
          if (target.kind === 'pass') expect(target.entry.split('/')).not.toContain('..');
        },
      ),
      { numRuns },
    );
  });
});

test('arguments that no shell sees are taken literally', () => {
  expect(argvTarget(['pass', 'show', 'a;b'])).toEqual(pass('a;b'));
  expect(argvTarget(['cat', '~/secret'])).toEqual({ kind: 'unknown' });
  expect(argvTarget([])).toEqual({ kind: 'unknown' });
});

test('a program is named without anything else of its line', () => {
  expect(commandProgram('/opt/my/get-password --key hunter2')).toBe('get-password');
  expect(commandProgram('~/bin/getpw|tail -1')).toBe('getpw');
  for (const line of ['', 'KEY=hunter2 getpw', '"my tool" x', '$(getpw)', "echo'hunter2'", 'x'.repeat(41)]) {
    expect(commandProgram(line), line).toBeUndefined();
  }
});

describe('the place behind a command', () => {
  const folders = {
    home: '/home/alice',
    passwordStore: '/home/alice/.password-store/',
    gopassFile: () => undefined,
  };
  const placeOf = (line: string): unknown => commandPlace(commandTarget(line), folders);

  test('a keyring item is the password', () => {
    expect(placeOf('secret-tool lookup host h user u')).toEqual({
      place: { kind: 'secret-service', attributes: { host: 'h', user: 'u' } },
      lens: 'whole',
      slot: {},
    });
    expect(placeOf('keyring get mail alice')).toEqual({
      place: { kind: 'secret-service', attributes: { service: 'mail', username: 'alice' } },
      lens: 'whole',
      slot: {},
    });
  });

  test.each([
    ['pass mail/alice', { path: '/home/alice/.password-store/mail/alice.gpg', seal: 'pass' }],
    ['gpg -d ~/.mail.gpg', { path: '/home/alice/.mail.gpg', seal: 'gpg' }],
    ['cat $HOME/.secret', { path: '/home/alice/.secret' }],
    ['head -1 /etc/secret', { path: '/etc/secret' }],
  ])('a file holds it in its first line: %s', (line, place) => {
    expect(placeOf(line)).toEqual({ place: { kind: 'file', ...place }, lens: 'first-line', slot: {} });
  });

  test('gopass keeps its stores elsewhere; without them it is another program of that name', () => {
    const gopassFile = (entry: string): string => `/home/alice/.gopass/${entry}.gpg`;
    const own = commandPlace(commandTarget('gopass -o mail'), { ...folders, gopassFile });
    expect(own?.place).toEqual({ kind: 'file', path: '/home/alice/.gopass/mail.gpg', seal: 'pass' });
    expect(placeOf('gopass -o mail')).toBeUndefined();
  });

  test('a wallet entry is its password', () => {
    expect(placeOf('kwallet-query -r alice -f Mail kdewallet')).toEqual({
      place: { kind: 'kwallet', wallet: 'kdewallet', folder: 'Mail', entry: 'alice' },
      lens: 'whole',
      slot: {},
    });
  });

  test('an unknown command has none', () => {
    expect(placeOf('getpw')).toBeUndefined();
  });
});
