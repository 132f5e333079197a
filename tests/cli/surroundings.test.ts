import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, NEW, OLD } from '../engine/home.ts';
import { call, type Called, type CallOptions } from './program.ts';
import { resultSchema } from './result.ts';

const APPLY = ['apply', '--account', ADDRESS, '--password-stdin', '--yes', '--without-check', '--json'];

const apply = (home: Scratch, more: readonly string[], options: CallOptions = {}): Promise<Called> =>
  call(home, [...APPLY, ...more], { input: `${NEW}\n`, ...options });

/** The files of a home that each of three calls (apply, recover, undo) must find by one and the same name. */
async function expectRoundTrip(
  home: Scratch,
  more: readonly string[],
  options: CallOptions = {},
): Promise<void> {
  const before = contents(home);
  const applied = await apply(home, more, options);
  expect(applied.code, applied.err).toBe(0);
  for (const text of contents(home)) expect(text).toContain(NEW);
  const { targets } = resultSchema.parse(JSON.parse(applied.out));
  expect(targets.map(({ where }) => path.basename(where)).sort()).toEqual([
    '.gitconfig',
    '.msmtprc',
    '.netrc',
  ]);
  expect(targets.every(({ where }) => fs.existsSync(where) && !where.includes('//'))).toBe(true);
  expect((await apply(home, more, options)).out).toContain('"changed":false');
  expect((await call(home, ['undo', ...more], options)).code).toBe(0);
  expect(contents(home)).toEqual(before);
  expect(fs.readdirSync(home.home).filter((name) => name.includes('rekey'))).toEqual([]);
}

/** A furnished home in a folder of another name. */
function homeIn(name: string): Scratch {
  const base = scratch();
  const home = path.join(base.root, name);
  fs.renameSync(base.home, home);
  const at = (file: string): string => path.join(home, file);
  const moved: Scratch = {
    ...base,
    home,
    path: at,
    read: (file) => fs.readFileSync(at(file), 'utf8'),
    write: (file, text, mode = 0o600) => {
      fs.writeFileSync(at(file), text, { mode });
      return at(file);
    },
  };
  furnish(moved);
  return moved;
}

describe('apply and undo work', () => {
  test('in a home whose name has blanks, umlauts and quotes', async () => {
    using home = homeIn(`Jörg's "großes" Heim $HOME`);
    await expectRoundTrip(home, ['--home', home.home]);
    await expectRoundTrip(home, []);
  });

  test('in a home that is named with a slash at its end, or from where one stands', async () => {
    using home = homeIn('home');
    await expectRoundTrip(home, ['--home', `${home.home}/`]);
    await expectRoundTrip(home, ['--home', 'home//.']);
    await expectRoundTrip(home, [], { env: { HOME: `${home.home}/` } });
  });

  test('in a home behind a link, with a folder for temporary files and a state folder behind links', async () => {
    using home = homeIn('home');
    for (const name of ['home', 'state', 'tmp']) {
      fs.mkdirSync(path.join(home.root, name), { recursive: true });
      fs.symlinkSync(name, path.join(home.root, `${name}-link`), 'junction');
    }
    const link = (name: string): string => path.join(home.root, `${name}-link`);
    const options = { env: { TMPDIR: link('tmp'), HOME: link('home') } };
    await expectRoundTrip(home, ['--home', link('home'), '--state', link('state')], options);
    await expectRoundTrip(home, ['--state', link('state')], options);
    expect(fs.readdirSync(path.join(home.root, 'tmp'))).toEqual([]);
  });

  test('with a state folder below folders that do not exist yet', async () => {
    using home = homeIn('home');
    const state = path.join(home.root, 'a b/ü/state');
    await expectRoundTrip(home, ['--home', home.home, '--state', state]);
    if (process.platform !== 'win32') expect(fs.statSync(state).mode & 0o777).toBe(0o700);
  });
});

describe('a state folder that cannot be used stops a run before it changes anything', () => {
  test.each(['apply', 'undo', 'recover', 'history'])('%s, where a file is in its way', async (command) => {
    using home = homeIn('home');
    fs.writeFileSync(path.join(home.root, 'file'), '');
    const args = ['--home', home.home, '--state', path.join(home.root, 'file/state')];
    const before = contents(home);
    const ran = command === 'apply' ? await apply(home, args) : await call(home, [command, ...args]);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/^rekey: .*folder for history and undo data cannot be used.*--state/m);
    expect(contents(home)).toEqual(before);
  });

  test('apply, where nobody but its owner may write', async () => {
    using home = homeIn('home');
    fs.chmodSync(home.state, 0o500);
    const ran = await apply(home, ['--home', home.home]);
    fs.chmodSync(home.state, 0o700);
    if (process.getuid?.() === 0) return expect(ran.code).toBe(0);
    expect(ran.code).toBe(4);
    expect(ran.err).toContain('lock.db');
    for (const text of contents(home)) expect(text).toContain(OLD);
  });
});
