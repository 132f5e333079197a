import fs from 'node:fs';
import { expect, test } from 'vitest';
import { ok } from '../../shared/problem.ts';
import { openApp, type AppOptions } from '../../electron/app/open.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer } from '../doubles/mail-server.ts';

const optionsFor = (home: Scratch): AppOptions => ({
  home: home.home,
  confined: true,
  state: `${home.root}/rekey`,
  environment: {},
  saveFile: async () => ok(undefined),
});

const NOBODY = { report: () => undefined };
const OWNER = PEOPLE.owner.login;

test('the app on a scratch home is the real one: servers, files, journal and key', async () => {
  using home = scratch();
  const server = await startMailServer({ users: { [OWNER]: 'Reset-at-noon-1' } });
  makeMailHome(home.home, server);
  fs.writeFileSync(`${home.root}/ca.pem`, server.caPem);
  const opened = openApp({ ...optionsFor(home), ca: `${home.root}/ca.pem` });
  if (!opened.ok) throw new Error(opened.problem.kind);
  const app = opened.value;
  const plan = await app.plan({ account: OWNER }, NOBODY);
  if (!plan.ok) throw new Error(plan.problem.kind);
  const { planId, rows } = plan.value;
  const steps = rows.filter(({ ticked }) => ticked).map(({ id }) => id);
  const request = { id: 'run', planId, steps, password: 'Reset-at-noon-1', unlocks: {} };
  const report = await app.apply(request, NOBODY);
  await app.close();
  await server.stop();
  if (!report.ok) throw new Error(report.problem.kind);
  expect(report.value.outcomes.filter(({ outcome }) => outcome === 'written')).toHaveLength(9);
  expect(report.value.warnings.map(({ kind }) => kind)).toContain('undo-data-unprotected');
  expect(fs.readdirSync(`${home.root}/rekey/runs`)).toEqual([report.value.run]);
  expect(await app.saveReport({ format: 'html' }, NOBODY)).toEqual(ok({}));
});

test.each([
  ['a home that is not there', { home: '/nowhere/at/all' }, 'home-missing'],
  ['a certificate file that is not there', { ca: '/nowhere/at/all.pem' }, 'file-unreadable'],
])('%s is said before anything else', (_, wrong, detail) => {
  using home = scratch();
  const opened = openApp({ ...optionsFor(home), ...wrong });
  expect(opened.ok ? undefined : opened.problem).toMatchObject({ kind: 'usage', detail });
});

test('a state folder that cannot be one is a Problem, not a crash', () => {
  using home = scratch();
  const state = home.write('a-file', 'in the way');
  const opened = openApp({ ...optionsFor(home), state: `${state}/below` });
  expect(opened.ok ? undefined : opened.problem.kind).toBe('write-failed');
});
