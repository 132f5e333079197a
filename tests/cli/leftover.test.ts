import { expect, test } from 'vitest';
import { ALICE, aliceHome, filesOf, leftoversOf, planFor, removeOn } from '../engine/leftovers.ts';
import { engineOn } from '../doubles/engine.ts';
import { call, on } from './program.ts';
import { resultSchema } from './result.ts';

const APPLY = ['apply', '--account', ALICE, '--password-stdin', '--yes', '--without-check'];

test('an old password that nothing reads any more is never written to, by name or without', async () => {
  using home = aliceHome();
  const before = filesOf(home);
  const [leftover] = leftoversOf(await planFor(engineOn(home)));
  const named = await call(home, on(home, ...APPLY, '--json', '--only', leftover?.id ?? ''), {
    input: 'new\n',
  });
  const refused = resultSchema.parse(JSON.parse(named.out));
  expect([named.code, refused.changed]).toEqual([2, false]);
  expect(refused.reason).toEqual({
    kind: 'usage',
    text: 'The place given with --only holds an old password that nothing reads any more. Only the app removes it.',
  });
  const all = await call(home, on(home, ...APPLY, '--json'), { input: 'new\n' });
  const left = resultSchema.parse(JSON.parse(all.out));
  expect([all.code, left.changed]).toEqual([11, false]);
  expect(new Set(left.targets.map(({ outcome, state }) => `${outcome} ${state}`))).toEqual(
    new Set(['skipped oauth']),
  );
  expect(filesOf(home)).toEqual(before);
});

test('what the app removed stands in the history as removed', async () => {
  using home = aliceHome();
  await removeOn(engineOn(home));
  const told = await call(home, on(home, 'history'));
  expect(told.out + told.err).toContain('3 removed');
  const json = await call(home, on(home, 'history', '--json'));
  expect(resultSchema.parse(JSON.parse(json.out)).runs).toMatchObject([{ changes: 3, removes: true }]);
});
