import { describe, expect, test } from 'vitest';
import type { Direction } from '../../electron/engine/journal-log.ts';
import { recover } from '../../electron/engine/recover.ts';
import { undo } from '../../electron/engine/undo.ts';
import { killedBefore } from '../doubles/disks.ts';
import { engineOn, quietRun, type Scratch } from '../doubles/engine.ts';
import { aliceHome, filesOf, leftoversOf, planFor, removedFiles, removeOn } from '../engine/leftovers.ts';

const before = (): readonly string[] => {
  using home = aliceHome();
  return filesOf(home);
};

/** Each file is wholly as it was or wholly without the old passwords; how many are without. */
function removedIn(home: Scratch, old: readonly string[], without: readonly string[]): number {
  const files = filesOf(home);
  files.forEach((text, index) => expect([old[index], without[index]]).toContain(text));
  return files.filter((text, index) => text === without[index]).length;
}

async function recoverOn(home: Scratch, direction: Direction): Promise<void> {
  const recovered = await recover(engineOn(home), direction, quietRun());
  expect(recovered.ok).toBe(true);
}

describe.each(['forward', 'back'] as const)('killed anywhere while removing, recovered %s', (direction) => {
  test('each file is whole at once, both agree after recovery, and a new run converges', async () => {
    const [old, without] = [before(), removedFiles()];
    const seen = new Set<number>();
    let points = 0;
    for (let n = 1; ; n += 1, points += 1) {
      using home = aliceHome();
      if (!(await killedBefore((disk) => removeOn(engineOn(home, { disk })), n))) break;
      removedIn(home, old, without);
      await recoverOn(home, direction);
      const settled = removedIn(home, old, without);
      expect([0, 2]).toContain(settled);
      seen.add(settled);
      const engine = engineOn(home);
      if (leftoversOf(await planFor(engine)).length > 0) await removeOn(engine);
      expect(filesOf(home)).toEqual(without);
    }
    expect(points).toBeGreaterThan(30);
    expect(seen).toEqual(new Set([0, 2]));
  });
});

test('killed anywhere in the undo of it: recovery keeps the direction and every byte is as before', async () => {
  const [old, without] = [before(), removedFiles()];
  for (let n = 1; ; n += 1) {
    using home = aliceHome();
    await removeOn(engineOn(home));
    const takeBack = (engine = engineOn(home)) => undo(engine, undefined, [], quietRun());
    if (!(await killedBefore((disk) => takeBack(engineOn(home, { disk })), n))) break;
    await recoverOn(home, 'forward');
    const removed = removedIn(home, old, without);
    expect([0, 2]).toContain(removed);
    if (removed === 2) expect((await takeBack()).ok).toBe(true);
    expect(filesOf(home)).toEqual(old);
  }
});
