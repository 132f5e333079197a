import { expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import { history } from '../../electron/engine/history.ts';
import { undo } from '../../electron/engine/undo.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { ALL_ACCEPTED, engineOn, planOn, quietRun, scratch, secret } from '../doubles/engine.ts';
import { ADDRESS, furnish } from './home.ts';

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
