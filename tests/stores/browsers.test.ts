import fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { browsersChromium } from '../../electron/stores/browsers-chromium.ts';
import { browsersFirefox } from '../../electron/stores/browsers-firefox.ts';
import { openMachine } from '../../electron/system/machine.ts';
import type { Doer } from '../../electron/engine/ports.ts';
import { moveInBrowsers } from '../doubles/browsers.ts';
import { scratch, type Scratch } from '../doubles/engine.ts';
import { snapshot } from '../doubles/snapshot.ts';
import { findAll } from './fixture.ts';

const LOGIN_DATA = '.config/chromium/Default/Login Data';

const machineOf = ({ home }: Scratch, environment: Record<string, string> = {}): Doer =>
  openMachine({ home, confined: Object.keys(environment).length === 0, environment });

test('the column of the passwords is never asked for', async () => {
  using home = scratch();
  moveInBrowsers(home);
  const asked: string[] = [];
  const machine = machineOf(home);
  const rows: Doer['rows'] = (path, sql) => {
    asked.push(sql);
    return machine.rows(path, sql);
  };
  await findAll(browsersChromium, { ...machine, rows });
  expect(asked).toHaveLength(2);
  expect(asked.join('\n')).not.toMatch(/\*|password|form_data|note/i);
});

test.each(['with its journal beside it', 'without a journal'])(
  'a browser that holds its database locked is read all the same, and not touched: %s',
  async (journal) => {
    using home = scratch();
    moveInBrowsers(home);
    if (journal === 'without a journal') fs.rmSync(home.path(`${LOGIN_DATA}-journal`));
    const atRest = await findAll(browsersChromium, machineOf(home));
    using browser = new DatabaseSync(home.path(LOGIN_DATA));
    browser.exec('pragma locking_mode = exclusive; begin exclusive');
    const before = snapshot(home.home);
    expect(await findAll(browsersChromium, machineOf(home))).toEqual(atRest);
    expect(atRest.entries).toHaveLength(6);
    expect(snapshot(home.home)).toEqual(before);
  },
);

test('a table that another browser made is a trouble, not an exception', async () => {
  using home = scratch();
  moveInBrowsers(home);
  using browser = new DatabaseSync(home.path(LOGIN_DATA));
  browser.exec('alter table logins rename to saved');
  const { entries, troubles } = await findAll(browsersChromium, machineOf(home));
  expect(entries.map(({ client }) => client)).toEqual(['Brave (alex on outlook.example.org, Profile 1)']);
  expect(troubles).toMatchObject([{ problem: { kind: 'unsupported', subject: home.path(LOGIN_DATA) } }]);
});

test('the configuration folder follows the environment', async () => {
  using home = scratch();
  moveInBrowsers(home);
  fs.renameSync(home.path('.config'), home.path('settings'));
  fs.mkdirSync(home.path('settings/mozilla'));
  fs.renameSync(home.path('.mozilla/firefox'), home.path('settings/mozilla/firefox'));
  const machine = machineOf(home, { XDG_CONFIG_HOME: home.path('settings') });
  const chromium = await findAll(browsersChromium, machine);
  expect(chromium.entries).toHaveLength(6);
  const firefox = await findAll(browsersFirefox, machine);
  expect(firefox.entries.map(({ client }) => client.split(' ')[0])).toEqual([
    'LibreWolf',
    'Firefox',
    'Firefox',
  ]);
});
