import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeMailHome, PEOPLE, type Servers } from '../doubles/mail-home.ts';
import { resultSchema, type RekeyResult } from './result.ts';

/** The command that the package installs; it starts what `npm run build` made. */
const REKEY = path.join(import.meta.dirname, '../../build/bin/rekey.cjs');

export const OWNER = PEOPLE.owner.login;

/** How a run of Rekey ended. */
export interface Rekeyed {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both outputs, for what must not be in them. */
  readonly said: string;
  /** The object on standard output, held to the whole contract. */
  readonly result: () => RekeyResult;
}

/** A run that goes on. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Rekeyed>;
}

/** A scratch home with its mail programs set up for some servers, and Rekey for it. */
export interface Bench extends Disposable {
  readonly home: string;
  readonly state: string;
  readonly temporary: string;
  path(name: string): string;
  /** Starts a command with `--json`; `input` goes to standard input, which is then closed. */
  start(args: readonly string[], input?: string): Running;
  rekey(args: readonly string[], input?: string): Promise<Rekeyed>;
  /** `apply` for the owner, with the password on standard input. */
  apply(password: string, ...more: readonly string[]): Promise<Rekeyed>;
}

/** Makes a bench whose clients trust the authority `caPem`, if they are told with `TRUST`. */
export function makeBench(servers: Servers & { readonly caPem: string }): Bench {
  const bench = emptyBench();
  makeMailHome(bench.home, servers);
  fs.writeFileSync(authorityOf(bench), servers.caPem);
  return bench;
}

const authorityOf = ({ home }: Pick<Bench, 'home'>): string => path.join(path.dirname(home), 'authority.pem');

/** A bench whose home is still to be furnished. */
export function emptyBench(): Bench {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-bench-'));
  const [home, state, temporary] = ['home', 'state', 'tmp'].map((name) => path.join(root, name));
  if (!home || !state || !temporary) throw new Error('no room for the bench');
  fs.mkdirSync(home, { mode: 0o700 });
  fs.mkdirSync(temporary);
  const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: temporary, LC_ALL: 'C' };
  const common = ['--home', home, '--state', state, '--json'];
  const start = (args: readonly string[], input = ''): Running => {
    const child = spawn(process.execPath, [REKEY, ...args, ...common], { env });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return { child, ended: endOf(child) };
  };
  const rekey = (args: readonly string[], input?: string): Promise<Rekeyed> => start(args, input).ended;
  return {
    home,
    state,
    temporary,
    path: (name) => path.join(home, name),
    start,
    rekey,
    apply: (password, ...more) =>
      rekey([...APPLY, '--ca', path.join(root, 'authority.pem'), ...more], `${password}\n`),
    [Symbol.dispose]: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

/** The arguments of an `apply` for the owner of the home, but for the servers to trust. */
export const APPLY = ['apply', '--account', OWNER, '--password-stdin', '--yes'] as const;

function endOf(child: ReturnType<typeof spawn>): Promise<Rekeyed> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const printed = Buffer.concat(out).toString();
      const said = printed + Buffer.concat(err).toString();
      resolve({ code, signal, said, result: () => resultSchema.parse(JSON.parse(printed)) });
    });
  });
}

/** What became of each file: the distinct outcomes of its slots, and why they failed or wait. */
export function outcomesOf({ result }: Rekeyed, home: string): Readonly<Record<string, string>> {
  const byFile = Map.groupBy(result().targets, ({ where }) => path.relative(home, where));
  const told = [...byFile].map(([file, targets]) => {
    const words = targets.map(({ outcome = 'none', reason }) =>
      outcome === 'failed' || outcome === 'deferred' || outcome === 'changed'
        ? `${outcome}: ${reason?.kind}`
        : outcome,
    );
    return [file, [...new Set(words)].join(', ')];
  });
  return Object.fromEntries(told);
}
