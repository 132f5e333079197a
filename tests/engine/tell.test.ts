import { expect, test } from 'vitest';
import { fail, ok } from '../../shared/problem.ts';
import { apply } from '../../electron/engine/apply.ts';
import type { Store } from '../../electron/engine/ports.ts';
import { undo } from '../../electron/engine/undo.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { found } from '../../electron/app/found.ts';
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

/** An engine whose msmtp is open all the time, and whose netrc wants to hear of every change and cannot. */
function talkative(home: Scratch): { engine: Engine; heard: string[] } {
  const engine = engineOn(home);
  const heard: string[] = [];
  const gifts: Readonly<Record<string, Pick<Store, 'running' | 'after'>>> = {
    msmtp: { running: async () => ({ name: 'Mail' }), after: async () => ok(undefined) },
    netrc: {
      after: async (_machine, _place, holds) => {
        heard.push(holds);
        return fail('refresh-failed', 'netrc');
      },
    },
  };
  return {
    engine: { ...engine, stores: engine.stores.map((store) => ({ ...store, ...gifts[store.id] })) },
    heard,
  };
}

test('clients are told of a change and of its undo, and what stays open is named once', async () => {
  using home = scratch();
  furnish(home);
  const { engine, heard } = talkative(home);
  const plan = await planOn(engine, { account: ADDRESS });
  const report = await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
  expect(report.outcomes.every(({ outcome }) => outcome === 'written')).toBe(true);
  const warnings = [
    { kind: 'refresh-failed', subject: 'netrc' },
    { kind: 'restart-needed', subject: 'Mail' },
  ];
  expect(report.warnings).toEqual(warnings);
  expect(heard).toEqual(['new']);
  const undone = await undo(engine, undefined, [], quietRun());
  expect(undone.ok && undone.value.warnings).toEqual(warnings);
  expect(heard).toEqual(['new', 'old']);
});

test('a program that goes on with the old password is named before anything is changed', async () => {
  using home = scratch();
  furnish(home);
  expect((await found(talkative(home).engine)).running).toEqual([{ name: 'Mail', account: ADDRESS }]);
  expect((await found(engineOn(home))).running).toEqual([]);
});
