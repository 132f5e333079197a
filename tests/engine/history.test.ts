import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import { history } from '../../electron/engine/history.ts';
import { recover } from '../../electron/engine/recover.ts';
import { undo } from '../../electron/engine/undo.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import {
  ALL_ACCEPTED,
  engineOn,
  planOn,
  quietRun,
  scratch,
  secret,
  type Scratch,
} from '../doubles/engine.ts';
import { ADDRESS, furnish, NEW } from './home.ts';

test('of two runs in one second, the later one is the last, whatever their ids are', async () => {
  using home = scratch();
  furnish(home);
  const second = new Date('2026-01-02T03:04:05Z').getTime();
  const applied = async (password: string, ms: number, byte: number): Promise<string> => {
    const made = engineOn(home, { now: () => new Date(second + ms) });
    const engine: Engine = { ...made, system: { ...made.system, random: (n) => Buffer.alloc(n, byte) } };
    const plan = await planOn(engine, { account: ADDRESS });
    const { run } = await apply(engine, plan, { password: secret(password) }, ALL_ACCEPTED, quietRun());
    return run ?? '';
  };
  const first = await applied('first-reset', 100, 0xee);
  const last = await applied('second-reset', 700, 0x11);
  expect(last < first).toBe(true);
  expect(history(engineOn(home)).map(({ id }) => id)).toEqual([last, first]);
  await undo(engineOn(home), undefined, [], quietRun());
  expect(home.read('.netrc')).toContain('first-reset');
});

/** An engine on which this program is open, so that its places wait. */
function engineWhere(home: Scratch, program: string): Engine {
  const engine = engineOn(home);
  const stores = engine.stores.map((store) =>
    store.id === program ? { ...store, busy: () => ({ name: program }) } : store,
  );
  return { ...engine, stores };
}

/** One place waits, two are changed. */
async function applyPartly(home: Scratch): Promise<string> {
  const engine = engineWhere(home, 'msmtp');
  const plan = await planOn(engine, { account: ADDRESS });
  const { run } = await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
  return run ?? '';
}

const last = (home: Scratch) => history(engineOn(home)).map(({ changes, waiting }) => [changes, waiting]);

test('a run keeps how many passwords it changed and how many it left for later', async () => {
  using home = scratch();
  furnish(home);
  const id = await applyPartly(home);
  expect(last(home)).toEqual([[2, 1]]);
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS });
  await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
  const kept = history(engine).find((each) => each.id === id);
  expect(kept).toMatchObject({ changes: 2, waiting: 1 });
  const netrcOnly = plan.steps.filter(({ where }) => where.endsWith('.netrc')).map((step) => step.id);
  await undo(engine, id, netrcOnly, quietRun());
  expect(history(engine).find((each) => each.id === id)).toMatchObject({ changes: 2, waiting: 1 });
});

test('a run that was cut off and finished later counts as if it had ended', async () => {
  using home = scratch();
  furnish(home);
  const id = await applyPartly(home);
  fs.writeFileSync(path.join(home.state, 'runs', id, 'log'), '');
  await recover(engineOn(home), 'forward', quietRun());
  expect(history(engineOn(home))).toMatchObject([{ state: 'committed', changes: 2, waiting: 1 }]);
});

test('a run of before this was counted is read as one that left nothing for later', async () => {
  using home = scratch();
  furnish(home);
  const file = path.join(home.state, 'runs', await applyPartly(home), 'manifest');
  const { waiting: _waiting, ...older } = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify(older));
  fs.writeFileSync(path.join(path.dirname(file), 'log'), '\n0b021ff1 {"kind":"committed"}');
  expect(history(engineOn(home))).toMatchObject([{ state: 'committed', changes: 2, waiting: 0 }]);
});
