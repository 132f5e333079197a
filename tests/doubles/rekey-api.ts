import type {
  CheckRow,
  Fact,
  OutcomeRow,
  PlaceRow,
  PlanView,
  ProgressEvent,
  RekeyApi,
  ReportView,
  Request,
  RunSummary,
} from '../../shared/contract.ts';
import { isManual } from '../../shared/guides.ts';
import type { Problem } from '../../shared/problem.ts';
import { examplePlan, placeRow, tokenPlan } from './rekey-rows.ts';

/** The password that the double's server takes. */
export const RIGHT_PASSWORD = 'Harbour lights at 5';

/** What opens the double's locked profile. */
export const PRIMARY_PASSWORD = 'Ein Hauptpasswort';

/** The password that its places hold. */
export const STORED_PASSWORD = 'Old harbour lights 4';

export interface Scene {
  /** Milliseconds between two facts of a run. */
  readonly pace: number;
  /** Thunderbird is open until it was looked at this often. */
  readonly closesAfter: number;
  readonly empty: boolean;
  readonly unfinished: boolean;
  readonly now: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SCENE: Scene = {
  pace: 0,
  closesAfter: 2,
  empty: false,
  unfinished: false,
  now: Date.UTC(2026, 10, 21, 9),
};

const done = <T>(value: T): Promise<{ readonly ok: true; readonly value: T }> =>
  Promise.resolve({ ok: true, value });
const refuse = (problem: Problem): Promise<{ readonly ok: false; readonly problem: Problem }> =>
  Promise.resolve({ ok: false, problem });

/** The rest of the app as the page sees it: holds state, checks one password, writes nothing. */
export class RekeyDouble implements RekeyApi {
  /** Every apply that came in, without the passwords. */
  readonly applied: { readonly steps: readonly string[]; readonly unlocked: readonly string[] }[] = [];
  readonly #scene: Scene;
  readonly #listeners = new Set<(event: ProgressEvent) => void>();
  #looks = 0;
  #tries = 3;
  #plan: PlanView = examplePlan();
  #runs: RunSummary[];
  #unfinished: boolean;
  #cancelled = false;
  readonly #removed = new Set<string>();
  #report: ReportView | undefined;
  #running: string | undefined;
  #command: ReportView['command'] | undefined;
  #facts: Fact[] = [];

  constructor(scene: Partial<Scene> = {}) {
    this.#scene = { ...SCENE, ...scene };
    this.#unfinished = this.#scene.unfinished;
    this.#runs = [
      this.#summary('run-0', 3 * DAY_MS, 'committed'),
      this.#summary('run-00', 5 * DAY_MS, 'rolled-back'),
    ];
  }

  readonly scan: RekeyApi['scan'] = () => {
    this.#looks += 1;
    if (this.#scene.empty)
      return done({ accounts: [], running: [], unfinished: [], looked: ['Thunderbird', 'mbsync', 'msmtp'] });
    return done({
      accounts: [
        {
          address: 'alex@contoso.com',
          places: 6,
          programs: ['Thunderbird', 'mbsync', 'msmtp', 'git'],
          signsInWithTokens: false,
        },
        {
          address: 'alex.moreau@example.org',
          places: 2,
          programs: ['Thunderbird'],
          signsInWithTokens: false,
        },
        {
          address: 'alex@contoso.onmicrosoft.com',
          places: 3,
          programs: ['Thunderbird', 'Evolution', 'mbsync'],
          signsInWithTokens: true,
        },
      ],
      running: this.#open ? [{ name: 'Thunderbird', account: 'alex@contoso.com' }] : [],
      unfinished: this.#unfinished ? [this.#summary('run-9', DAY_MS, 'prepared')] : [],
      looked: ['Thunderbird', 'mbsync', 'msmtp'],
    });
  };

  readonly plan: RekeyApi['plan'] = ({ account }) => {
    if (account.includes('onmicrosoft')) return done(this.#tokens());
    if (account !== 'alex@contoso.com') return refuse({ kind: 'account-unknown', subject: account });
    this.#looks += 1;
    return done(this.#seen());
  };

  readonly recheck: RekeyApi['recheck'] = ({ planId }) => {
    this.#looks += 1;
    return done(planId === tokenPlan().planId ? this.#tokens() : this.#seen());
  };

  readonly apply: RekeyApi['apply'] = async (request) => {
    this.#cancelled = false;
    this.#running = request.id;
    this.#command = 'apply';
    this.#facts = [];
    this.applied.push({ steps: request.steps, unlocked: Object.keys(request.unlocks) });
    if (request.password === STORED_PASSWORD && !request.evenIfStored) {
      this.#running = undefined;
      return refuse({ kind: 'already-stored', detail: String(request.steps.length) });
    }
    const report = await this.#carryOut(request);
    this.#report = request.testMessage && !report.stopped ? await this.#sent(request.id, report) : report;
    this.#running = undefined;
    await this.#tell(request.id, { kind: 'ended' });
    return { ok: true, value: this.#report };
  };

  readonly removeOld: RekeyApi['removeOld'] = async ({ id, steps, unlocks }) => {
    this.#running = id;
    this.#command = 'remove';
    this.#facts = [];
    const rows = this.#plan.rows.filter((row) => steps.includes(row.id));
    const run = `run-old-${this.#runs.length}`;
    const outcomes: OutcomeRow[] = [];
    for (const row of rows) {
      await this.#tell(id, { kind: 'writing', step: row.id });
      const [first] = row.preconditions;
      const waits = first && !(row.unlock !== undefined && unlocks[row.unlock] === PRIMARY_PASSWORD);
      if (!waits) this.#removed.add(row.id);
      outcomes.push(
        waits
          ? { row, outcome: 'deferred', reason: first }
          : { row: { ...row, state: 'missing' }, outcome: 'written', verified: true },
      );
    }
    const places = outcomes.filter(({ outcome }) => outcome === 'written').map(({ row }) => row.id);
    this.#report = { ...this.#blank('remove', run), outcomes };
    const summary = { ...this.#summary(run, 0, 'committed'), account: this.#plan.account };
    if (places.length > 0)
      this.#runs = [{ ...summary, places, changes: places.length, removes: true }, ...this.#runs];
    this.#running = undefined;
    await this.#tell(id, { kind: 'ended' });
    return { ok: true, value: this.#report };
  };

  readonly cancel: RekeyApi['cancel'] = () => {
    this.#cancelled = true;
    return done({});
  };

  readonly undo: RekeyApi['undo'] = ({ run, only }) => {
    const known = this.#runs.find(({ id }) => id === run);
    if (!known?.undoable) return refuse({ kind: 'undo-impossible' });
    const all = known.removes ? tokenPlan().rows : this.#plan.rows;
    const rows = all.filter(
      ({ id }) => known.places.includes(id) && (only.length === 0 || only.includes(id)),
    );
    if (only.length === 0 || only.length === known.places.length)
      this.#replace({ ...known, state: 'rolled-back', undoable: false });
    for (const { id } of rows) this.#removed.delete(id);
    return done({
      ...this.#blank('undo', run),
      outcomes: rows.map((row) => ({ row, outcome: 'written' as const, verified: true })),
    });
  };

  readonly history: RekeyApi['history'] = () => done({ runs: [...this.#runs] });

  readonly forget: RekeyApi['forget'] = ({ run }) => {
    this.#runs = this.#runs.filter(({ id }) => id !== run);
    return done({});
  };

  readonly recover: RekeyApi['recover'] = () => {
    this.#unfinished = false;
    const outcomes = ['a', 'b', 'c'].map((id): OutcomeRow => ({ row: placeRow(id), outcome: 'written' }));
    return done({ reports: [{ ...this.#blank('recover', 'run-9'), outcomes }] });
  };

  readonly current: RekeyApi['current'] = () =>
    done({
      running: this.#running !== undefined,
      facts: this.#facts,
      ...(this.#running === undefined ? {} : { id: this.#running, plan: this.#plan }),
      ...(this.#command === undefined ? {} : { command: this.#command, plan: this.#plan }),
      ...(this.#report ? { report: this.#report } : {}),
    });

  readonly saveReport: RekeyApi['saveReport'] = ({ format }) =>
    done({ path: `/home/alex/Documents/rekey-report.${format}` });

  readonly onProgress: RekeyApi['onProgress'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get #open(): boolean {
    return this.#looks <= this.#scene.closesAfter;
  }

  #seen(): PlanView {
    const plan = examplePlan();
    const rows = this.#open
      ? plan.rows
      : plan.rows.map((row) => ({
          ...row,
          preconditions: row.preconditions.filter(({ kind }) => kind !== 'client-running'),
        }));
    this.#plan = { ...plan, rows };
    return this.#plan;
  }

  /** Thunderbird's old passwords as far as they were not removed. */
  #tokens(): PlanView {
    const plan = tokenPlan();
    const rows = plan.rows.flatMap((row): PlaceRow[] => {
      if (this.#removed.has(row.id))
        return row.backup ? [] : [{ ...row, effect: 'write', preconditions: [] }];
      if (!this.#open || row.program !== 'Thunderbird') return [row];
      const open = { kind: 'client-running' as const, subject: 'Thunderbird' };
      return [{ ...row, preconditions: [open, ...row.preconditions] }];
    });
    this.#plan = { ...plan, rows };
    return this.#plan;
  }

  async #carryOut({ id, password, steps, unlocks }: Request<'apply'>): Promise<ReportView> {
    const checks: CheckRow[] = [];
    for (const endpoint of this.#plan.endpoints) {
      await this.#tell(id, { kind: 'checking', endpoint });
      if (this.#cancelled) return { ...this.#blank('apply'), checks, stopped: { kind: 'cancelled' } };
      const accepted = password === RIGHT_PASSWORD;
      const problem: Problem = {
        kind: 'rejected',
        detail: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
      };
      const check: CheckRow = { endpoint, accepted, ms: 840, ...(accepted ? {} : { problem }) };
      checks.push(check);
      await this.#tell(id, { kind: 'checked', check });
      if (accepted) continue;
      this.#tries -= 1;
      return { ...this.#blank('apply'), checks, stopped: problem };
    }
    const outcomes: OutcomeRow[] = [];
    for (const row of this.#plan.rows) {
      const outcome = this.#outcome(row, steps.includes(row.id), Object.keys(unlocks));
      if (steps.includes(row.id)) {
        await this.#tell(id, { kind: 'writing', step: row.id });
        await this.#tell(id, { kind: 'finished', step: row.id, outcome: outcome.outcome });
      }
      outcomes.push(outcome);
    }
    const places = outcomes.filter(({ outcome }) => outcome === 'written').map(({ row }) => row.id);
    const waiting = outcomes.filter(({ outcome }) => outcome === 'deferred').length;
    const summary = { ...this.#summary('run-1', 0, 'committed'), places, changes: places.length, waiting };
    this.#runs = [summary, ...this.#runs];
    return { ...this.#blank('apply', 'run-1'), checks, outcomes };
  }

  #outcome(row: PlaceRow, ticked: boolean, unlocked: readonly string[]): OutcomeRow {
    if (this.#cancelled) return { row, outcome: 'skipped', reason: { kind: 'cancelled' } };
    if (isManual(row.reason?.kind)) return { row, outcome: 'manual', reason: row.reason };
    if (!ticked) return { row, outcome: 'skipped', ...(row.reason ? { reason: row.reason } : {}) };
    const [first] = row.preconditions;
    if (first && !(row.unlock !== undefined && unlocked.includes(row.unlock)))
      return { row, outcome: 'deferred', reason: first };
    return { row: { ...row, state: 'current' }, outcome: 'written', verified: true };
  }

  async #sent(id: string, report: ReportView): Promise<ReportView> {
    await this.#tell(id, { kind: 'message', stage: 'sending' });
    await this.#tell(id, { kind: 'message', stage: 'waiting' });
    const message = this.#cancelled
      ? ({ result: 'sent', ms: 300 } as const)
      : ({ result: 'arrived', ms: 1240 } as const);
    await this.#tell(id, { kind: 'messaged', message });
    return { ...report, message };
  }

  #blank(command: ReportView['command'], run?: string): ReportView {
    return {
      command,
      account: this.#plan.account,
      checks: [],
      outcomes: [],
      warnings: [],
      triesLeft: this.#tries,
      ...(run === undefined ? {} : { run }),
    };
  }

  #summary(id: string, age: number, state: RunSummary['state']): RunSummary {
    const at = this.#scene.now - age;
    return {
      id,
      account: 'alex@contoso.com',
      at,
      state,
      places: ['thunderbird-1', 'thunderbird-2', 'mbsync-1'],
      changes: 3,
      waiting: 0,
      undoable: state === 'committed',
      keptUntil: at + 7 * DAY_MS,
    };
  }

  #replace(run: RunSummary): void {
    this.#runs = this.#runs.map((each) => (each.id === run.id ? run : each));
  }

  async #tell(id: string, fact: Fact): Promise<void> {
    this.#facts.push(fact);
    for (const listener of this.#listeners) listener({ id, fact });
    await new Promise((resolve) => setTimeout(resolve, this.#scene.pace));
  }
}
