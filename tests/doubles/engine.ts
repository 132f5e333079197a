import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Checked, Endpoint, TestMessage } from '../../shared/model.ts';
import { ok, type Problem } from '../../shared/problem.ts';
import type { Budget, Disk, JournalKeys, Letter, Login, Post, Run } from '../../electron/engine/ports.ts';
import { plan as planFor } from '../../electron/engine/plan.ts';
import { scan } from '../../electron/engine/scan.ts';
import { Secret } from '../../electron/engine/secret.ts';
import type { Engine, Plan, PlanRequest, Verdict } from '../../electron/engine/verbs.ts';
import { STORES } from '../../electron/stores/index.ts';
import { closedDoor } from '../../electron/system/closed-door.ts';
import { disk as realDisk } from '../../electron/system/disk.ts';
import { openFileDoor, type Seal } from '../../electron/system/file-door.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { takeLock } from '../../electron/system/run-lock.ts';
import { openStateFiles } from '../../electron/system/state-files.ts';

/** A scratch home with Rekey's state folder beside it; removed by `dispose`. */
export interface Scratch extends Disposable {
  readonly root: string;
  readonly home: string;
  readonly state: string;
  write(name: string, text: string | Buffer, mode?: number): string;
  read(name: string): string;
  path(name: string): string;
}

export function scratch(): Scratch {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-home-'));
  const home = path.join(root, 'home');
  const state = path.join(root, 'state');
  fs.mkdirSync(home);
  fs.mkdirSync(path.join(state, 'runs'), { recursive: true, mode: 0o700 });
  const at = (name: string): string => path.join(home, name);
  return {
    root,
    home,
    state,
    path: at,
    read: (name) => fs.readFileSync(at(name), 'utf8'),
    write: (name, text, mode = 0o600) => {
      fs.mkdirSync(path.dirname(at(name)), { recursive: true });
      fs.writeFileSync(at(name), text, { mode });
      return at(name);
    },
    [Symbol.dispose]: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

const NO_SEAL: Seal = {
  openSeal: async (_place, raw) => ok(raw),
  closeSeal: async (_place, plain) => ok(plain),
};

/** A key that stays the same for every engine on one scratch home, as a key file would. */
const fixedKeys = (protection: 'keychain' | 'file'): JournalKeys => {
  const key = async () => ok({ key: Buffer.alloc(32, 7), protection });
  return { current: key, of: key };
};

/** A login that answers what it is told and remembers what it was asked. */
export class ScriptedLogin implements Login {
  readonly asked: Endpoint[] = [];
  readonly #answer: (endpoint: Endpoint) => 'accepted' | Problem;

  constructor(answer: (endpoint: Endpoint) => 'accepted' | Problem = () => 'accepted') {
    this.#answer = answer;
  }

  async check(endpoint: Endpoint): Promise<Checked & { sent: boolean }> {
    this.asked.push(endpoint);
    const result = this.#answer(endpoint);
    return { endpoint, result, ms: 1, sent: result === 'accepted' || SENT.has(result.kind) };
  }
}

/** A post that says what it is told became of each message, and remembers them. */
export class ScriptedPost implements Post {
  readonly sent: { readonly letter: Letter; readonly sending: Endpoint; readonly reading?: Endpoint }[] = [];
  readonly #told: TestMessage & { judged: boolean };

  constructor(result: TestMessage['result'] = 'arrived', judged = false) {
    this.#told = { result, ms: 1200, judged };
  }

  async sendToSelf(...[letter, servers, , run]: Parameters<Post['sendToSelf']>) {
    this.sent.push({ letter, ...servers });
    run.report({ kind: 'message', stage: 'sending' });
    const { judged: _judged, ...message } = this.#told;
    run.report({ kind: 'messaged', message });
    return this.#told;
  }
}

const SENT = new Set([
  'rejected',
  'rejected-no-reason',
  'expired',
  'must-change',
  'account-blocked',
  'outcome-unknown',
  'smtp-auth-disabled',
  'app-password-required',
]);

/** Counts in memory and never refuses. */
export class CountingBudget implements Budget {
  readonly counted: string[] = [];

  allows() {
    return ok(undefined);
  }

  count(identity: string): void {
    this.counted.push(identity);
  }

  used(identity: string): number {
    return this.counted.filter((each) => each === identity).length;
  }
}

export interface EngineOptions {
  readonly disk?: Disk;
  readonly login?: Login;
  readonly post?: Post;
  readonly budget?: Budget;
  readonly now?: () => Date;
}

/** Differs at every call, so that no two runs get one id. */
let counter = 0;

/** An engine over a scratch home with the real stores, formats and files; no bus, no network. */
export function engineOn(
  { home, state }: Pick<Scratch, 'home' | 'state'>,
  options: EngineOptions = {},
): Engine {
  const disk = options.disk ?? realDisk;
  const machine = openMachine({ home, confined: true, environment: {} });
  return {
    system: {
      machine,
      doors: {
        file: openFileDoor(
          disk,
          { uid: process.getuid?.() ?? 0, groups: process.getgroups?.() ?? [], home },
          NO_SEAL,
        ),
        'secret-service': closedDoor('secret-service'),
        keychain: closedDoor('keychain'),
        kwallet: closedDoor('kwallet'),
      },
      files: openStateFiles(disk, state),
      keys: fixedKeys('keychain'),
      clock: { now: options.now ?? (() => new Date('2026-01-02T03:04:05Z')) },
      random: (n) => Buffer.alloc(n, (counter += 1) % 256),
      lock: () => takeLock(state),
    },
    stores: STORES,
    login: options.login ?? new ScriptedLogin(),
    post: options.post ?? new ScriptedPost(),
    budget: options.budget ?? new CountingBudget(),
  };
}

export const quietRun = (signal: AbortSignal = new AbortController().signal): Run => ({
  signal,
  report: () => undefined,
});

export const ALL_ACCEPTED: Verdict = { checks: [], withheld: new Map(), warnings: [] };

export const secret = (text: string): Secret => Secret.fromText(text);

export async function planOn(engine: Engine, request: PlanRequest): Promise<Plan> {
  const planned = await planFor(engine, await scan(engine), request);
  if (!planned.ok) throw new Error(`no plan: ${planned.problem.kind} ${planned.problem.subject ?? ''}`);
  return planned.value;
}
