import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { takeLock } from '../../electron/system/run-lock.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, furnish, NEW, netrc, OLD } from '../engine/home.ts';
import { call, on, type CallOptions } from './program.ts';

/** What a call needs before it, and what it must end with. The codes that need a mail server are proven beside it. */
interface Case {
  readonly code: number;
  readonly what: string;
  readonly prepare?: (home: Scratch) => void | Promise<void>;
  readonly args: (home: Scratch) => string[];
  readonly options?: CallOptions;
}

const ACCOUNT = ['--account', ADDRESS];
const UNCHECKED = [...ACCOUNT, '--password-stdin', '--yes', '--without-check'];

async function applied(home: Scratch): Promise<void> {
  furnish(home);
  const first = await call(home, on(home, 'apply', ...UNCHECKED), { input: `${NEW}\n` });
  expect(first.code).toBe(0);
}

const cases: readonly Case[] = [
  { code: 0, what: 'version', args: () => ['--version'] },
  { code: 0, what: 'help', args: () => ['apply', '--help'] },
  { code: 0, what: 'scan of an empty home', args: (home) => on(home, 'scan') },
  {
    code: 0,
    what: 'apply of everything',
    prepare: furnish,
    args: (home) => on(home, 'apply', ...UNCHECKED),
    options: { input: `${NEW}\n` },
  },
  { code: 0, what: 'undo', prepare: applied, args: (home) => on(home, 'undo') },
  { code: 0, what: 'status of copies in step', prepare: applied, args: (home) => on(home, 'status') },
  { code: 0, what: 'history', prepare: applied, args: (home) => on(home, 'history') },
  { code: 0, what: 'nothing to recover', args: (home) => on(home, 'recover') },
  { code: 0, what: 'doctor', args: (home) => on(home, 'doctor') },
  {
    code: 0,
    what: 'plan with the password that is stored',
    prepare: applied,
    args: (home) => on(home, 'plan', '--manifest', '-'),
    options: { input: JSON.stringify({ account: ADDRESS, password: NEW }) },
  },
  {
    code: 1,
    what: 'plan without a password',
    prepare: furnish,
    args: (home) => on(home, 'plan', ...ACCOUNT),
  },
  {
    code: 1,
    what: 'status of copies that disagree',
    prepare: (home) => {
      furnish(home);
      home.write('.netrc', netrc('yet-Another-3'));
    },
    args: (home) => on(home, 'status', ...ACCOUNT),
  },
  { code: 2, what: 'no command', args: () => [] },
  { code: 2, what: 'an unknown option', args: (home) => on(home, 'scan', '--hunter2') },
  { code: 2, what: 'no account', args: (home) => on(home, 'plan') },
  {
    code: 2,
    what: 'an unknown account',
    args: (home) => on(home, 'plan', '--account', 'nobody@example.net'),
  },
  {
    code: 2,
    what: 'a password in the arguments',
    args: (home) => on(home, 'apply', ...ACCOUNT, '--password=hunter2'),
  },
  {
    code: 2,
    what: 'a password in the environment',
    prepare: furnish,
    args: (home) => on(home, 'plan', ...ACCOUNT),
    options: { env: { REKEY_PASSWORD: 'hunter2' } },
  },
  {
    code: 2,
    what: 'a password of two lines',
    prepare: furnish,
    args: (home) => on(home, 'apply', ...UNCHECKED),
    options: { input: 'hunter2\nhunter2\n' },
  },
  {
    code: 2,
    what: 'no password at all',
    prepare: furnish,
    args: (home) => on(home, 'apply', ...UNCHECKED),
    options: { input: '\n' },
  },
  {
    code: 2,
    what: 'no terminal and no --yes',
    prepare: furnish,
    args: (home) => on(home, 'apply', ...ACCOUNT, '--password-stdin'),
    options: { input: `${NEW}\n` },
  },
  { code: 2, what: 'no terminal to ask on', prepare: furnish, args: (home) => on(home, 'check', ...ACCOUNT) },
  {
    code: 2,
    what: 'a wrong manifest',
    args: (home) => on(home, 'plan', '--manifest', '-'),
    options: { input: '{"password":"hunter2"' },
  },
  {
    code: 2,
    what: 'manifest and option naming different accounts',
    args: (home) => on(home, 'plan', ...ACCOUNT, '--manifest', '-'),
    options: { input: '{"account":"sam@example.org","password":"hunter2"}' },
  },
  {
    code: 2,
    what: 'an id that no place has',
    prepare: furnish,
    args: (home) => on(home, 'plan', ...ACCOUNT, '--only', 'hunter2'),
  },
  {
    code: 2,
    what: 'a descriptor that is not open',
    prepare: furnish,
    args: (home) => on(home, 'check', ...ACCOUNT, '--password-fd', '77'),
  },
  {
    code: 2,
    what: 'a server that is none',
    prepare: furnish,
    args: (home) => on(home, 'check', ...ACCOUNT, '--imap', 'hunter2'),
  },
  {
    code: 2,
    what: 'a certificate file that is none',
    prepare: furnish,
    args: (home) => on(home, 'check', ...ACCOUNT, '--ca', home.path('.netrc')),
  },
  { code: 2, what: 'a home that is not there', args: (home) => ['scan', '--home', `${home.home}/hunter2`] },
  {
    code: 2,
    what: 'a state folder that is a file',
    prepare: furnish,
    args: (home) => on(home, 'history', '--state', home.path('.netrc')),
  },
  { code: 2, what: 'a run that is not kept', args: (home) => on(home, 'undo', '00000000-000000-000000') },
  {
    code: 4,
    what: 'a format that cannot hold the password',
    prepare: furnish,
    args: (home) => on(home, 'apply', ...UNCHECKED),
    options: { input: 'quote " and \\ backslash\n' },
  },
  {
    code: 5,
    what: 'a server that does not answer',
    prepare: furnish,
    args: (home) =>
      on(home, 'check', ...ACCOUNT, '--password-stdin', '--imap', '127.0.0.1:1', '--smtp', '127.0.0.1:1'),
    options: { input: `${NEW}\n` },
  },
  {
    code: 8,
    what: 'tries that may be used up',
    prepare: (home) => {
      furnish(home);
      fs.writeFileSync(path.join(home.state, 'budget.json'), 'damaged');
    },
    args: (home) => on(home, 'check', ...ACCOUNT, '--password-stdin', '--imap', '127.0.0.1:1'),
    options: { input: `${NEW}\n` },
  },
  {
    code: 9,
    what: 'undo of a place that was changed since',
    prepare: async (home) => {
      await applied(home);
      home.write('.netrc', netrc('yet-Another-3'));
    },
    args: (home) => on(home, 'undo'),
  },
  {
    code: 11,
    what: 'an account that signs in otherwise',
    prepare: (home) => void home.write('.msmtprc', oauthOnly),
    args: (home) => on(home, 'apply', ...UNCHECKED),
    options: { input: `${NEW}\n` },
  },
  {
    code: 70,
    what: 'a bug',
    prepare: furnish,
    args: (home) => on(home, 'scan'),
    options: {
      node: ['--import', 'data:text/javascript,Map.groupBy=()=>{throw new Error("a%5Cn  at hunter"+2)}'],
    },
  },
];

const oauthOnly = `account work\nhost mail.example.org\nport 587\nauth oauthbearer\ntls on\nfrom ${ADDRESS}\nuser ${ADDRESS}\npasswordeval token-helper\n`;

const result = z.object({
  schema: z.literal('rekey.result/1'),
  command: z.string(),
  changed: z.boolean(),
  failed: z.boolean(),
  targets: z.array(z.object({ id: z.string(), state: z.string() })),
  manual: z.array(z.object({ id: z.string(), steps: z.array(z.string()) })),
  warnings: z.array(z.object({ kind: z.string(), text: z.string() })),
  summary: z.string(),
});

describe.each(cases)('$code: $what', ({ code, prepare, args, options }) => {
  test('for people', async () => {
    using home = scratch();
    await prepare?.(home);
    const called = await call(home, args(home), options);
    expect({ code: called.code, said: called.out + called.err }).toMatchObject({ code });
    expect(called.out + called.err).not.toMatch(/hunter2|new-Pass-2|old-Pass-1|backslash\n/);
    if (called.code !== 0) expect(called.out + called.err).not.toBe('');
  });

  test('as one JSON object', async () => {
    using home = scratch();
    await prepare?.(home);
    const called = await call(home, [...args(home), '--json'], options);
    expect(called.code).toBe(code);
    expect(called.out.trim().split('\n')).toHaveLength(1);
    expect(() => result.parse(JSON.parse(called.out))).not.toThrow();
    expect(called.out).not.toMatch(/hunter2|new-Pass-2|old-Pass-1/);
  });
});

test('6: a home of another user', async () => {
  using home = scratch();
  const foreign = process.getuid?.() === 0 ? home.home : '/';
  if (foreign === home.home) fs.chownSync(home.home, 54321, 54321);
  const called = await call(home, ['scan', '--home', foreign, '--json']);
  expect(called.code).toBe(6);
  expect(JSON.parse(called.out)).toMatchObject({ failed: true, reason: { kind: 'foreign-home' } });
});

test('10: an interrupt while nothing can be half done', async () => {
  using home = scratch();
  furnish(home);
  const stop = {
    said: 'waiting for standard input',
    act: (pid: number) => void process.kill(pid, 'SIGINT'),
  };
  const told = `process.stdin;const read=process.stdin.read;process.stdin.read=function(...a){if(!globalThis.told){globalThis.told=1;process.stderr.write("${stop.said}")}return read.apply(this,a)}`;
  const called = await call(home, on(home, 'apply', ...UNCHECKED, '--json'), {
    node: ['--import', `data:text/javascript,${encodeURIComponent(told)}`],
    when: stop,
  });
  expect(called.code).toBe(10);
  expect(JSON.parse(called.out)).toMatchObject({
    command: 'apply',
    changed: false,
    reason: { kind: 'cancelled' },
  });
  expect(home.read('.netrc')).toBe(netrc(OLD));
});

test.each([['undo'], ['recover'], ['history', '--forget', 'x'], ['apply', ...UNCHECKED]])(
  '12: %s while another run is active',
  async (...args) => {
    using home = scratch();
    furnish(home);
    const lock = takeLock(home.state);
    if (!lock.ok) throw new Error('not locked');
    const called = await call(home, on(home, ...args, '--json'), { input: `${NEW}\n` });
    lock.value.release();
    expect(called.code).toBe(12);
    expect(JSON.parse(called.out)).toMatchObject({ reason: { kind: 'run-active' } });
  },
);

test('a second apply writes nothing', async () => {
  using home = scratch();
  await applied(home);
  const before = fs.statSync(home.path('.netrc')).mtimeMs;
  const again = await call(home, on(home, 'apply', ...UNCHECKED, '--json'), { input: `${NEW}\n` });
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out)).toMatchObject({ changed: false });
  expect(fs.statSync(home.path('.netrc')).mtimeMs).toBe(before);
});
