import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { browsersChromium } from '../../electron/stores/browsers-chromium.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { scratch } from '../doubles/engine.ts';
import { findAll } from '../stores/fixture.ts';

const HEADLESS = ['--headless', '--no-sandbox', '--disable-gpu'];

/** Lets Chromium make a profile and end by itself, its databases complete. */
const makeProfile = (profile: string): Buffer =>
  execFileSync('chromium', [`--user-data-dir=${profile}`, ...HEADLESS, '--dump-dom', 'about:blank'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** Starts Chromium on a profile; `stop` waits for its end. */
async function startChromium(profile: string): Promise<{ readonly stop: () => Promise<void> }> {
  const child = spawn('chromium', [`--user-data-dir=${profile}`, ...HEADLESS, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stderr)) if (line.startsWith('DevTools listening')) break;
  child.stderr.resume();
  return {
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

test(
  'the database of a real Chromium is read while it runs, and left whole',
  { timeout: 60_000 },
  async () => {
    using home = scratch();
    const profile = home.path('.config/chromium');
    makeProfile(profile);
    using db = new DatabaseSync(path.join(profile, 'Default/Login Data'));
    db.exec(`INSERT INTO logins
    (origin_url, username_value, signon_realm, date_created, blacklisted_by_user, scheme)
    VALUES ('https://webmail.example.org/', 'alex@example.org', 'https://webmail.example.org/', 1, 0, 0)`);
    const machine = openMachine({ home: home.home, confined: true, environment: {} });
    const browser = await startChromium(profile);
    try {
      const { entries, troubles } = await findAll(browsersChromium, machine);
      expect(entries).toMatchObject([{ login: 'alex@example.org', host: 'webmail.example.org' }]);
      expect(troubles).toEqual([]);
    } finally {
      await browser.stop();
    }
    expect(db.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(db.prepare('select count(*) as n from logins').get()).toEqual({ n: 1 });
  },
);
