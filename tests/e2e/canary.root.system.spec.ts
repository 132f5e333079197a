import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from 'playwright/test';
import { formsIn, formsOf } from '../canary/forms.ts';
import { LEAVING, sightings, sightingsBelow } from '../canary/sightings.ts';
import { attach } from '../doubles/attached.ts';
import { pidOf } from '../host/launch.ts';
import { PLACES } from '../lab/home.ts';
import { heldBy } from './held.ts';
import { ALICE, expect, NEW, test as base } from './lab-fixture.ts';

/** With a folder for what strace records: it holds the passwords and must not lie where they are looked for. */
const test = base.extend<{ readonly record: string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  record: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-trace-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
});

const MISTYPED = `new ' # $& % ; & ß § 3`;

/** Every way by which bytes come into a process from another one. */
const ARRIVING = ['read', 'readv', 'recvfrom', 'recvmsg', 'pread64'];

/** All that the app and the page say: the console of both, and both outputs of the process. */
function listenTo(app: ElectronApplication): readonly string[] {
  const said: string[] = [];
  app.on('console', (message) => said.push(message.text()));
  for (const page of app.windows()) page.on('console', (message) => said.push(message.text()));
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  return said;
}

/** The places, and the temporary files beside them from which they are made. */
function mayHoldBelow(home: string): (file: string) => boolean {
  const places: readonly string[] = PLACES;
  return (file) => {
    const { dir, base } = path.parse(path.relative(home, file));
    return places.includes(path.join(dir, base.replace(/^\.(.*)\.rekey-[0-9a-f-]+$/, '$1')));
  };
}

test('after submit the password is in its places, on its way to the servers, and nowhere else', async ({
  app,
  clients,
  host,
  scratch,
  record,
  wizard,
}) => {
  const mayHold = mayHoldBelow(clients.dir);
  const said = listenTo(app);
  const expectSilence = async (when: string): Promise<void> => {
    const held = [await heldBy(wizard.page), ...said].join('\n');
    expect(held, 'what must be found where it is').toContain(ALICE);
    for (const password of [NEW, MISTYPED]) {
      expect(formsIn(Buffer.from(held), formsOf(password)), when).toEqual([]);
      expect(sightingsBelow(password, scratch, mayHold), when).toEqual([]);
    }
  };
  await wizard.toPassword(ALICE);
  const watched = { calls: [...LEAVING, ...ARRIVING], folder: record, allThreads: true };
  const strace = await attach(pidOf(app), watched);

  await wizard.give(MISTYPED);
  await expect(wizard.status).toContainText('Nothing was changed.');
  await expectSilence('rejected');
  await wizard.give(NEW);
  await wizard.screen('result');
  await expect(wizard.page.locator('.help')).toHaveText('9 of 9 places hold the new password.');
  await expectSilence('accepted');
  await wizard.undoAll();
  await expect(wizard.heading).toContainText('as they were before the run');
  await wizard.history();
  await expectSilence('history');

  const calls = await strace.end();
  const leaving = calls.filter(({ name }) => !ARRIVING.includes(name));
  const arriving = calls.filter(({ name, on }) => ARRIVING.includes(name) && !(on && mayHold(on)));
  for (const password of [NEW, MISTYPED]) {
    const sent = { calls: leaving, code: 0, out: said.join('\n'), err: '' };
    expect(sightings(password, sent, mayHold)).toEqual([]);
    const arrivals = arriving.filter(
      ({ texts }) => formsIn(Buffer.concat(texts), formsOf(password)).length > 0,
    );
    // from the page, once; how Electron hands a message over is Chromium's own affair
    if (host.kind === 'chromium') expect(arrivals.map(({ name }) => name)).toEqual(['read']);
  }

  const crashed = wizard.page.waitForEvent('crash');
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await crashed;
  const lying = (): unknown => [NEW, MISTYPED].flatMap((each) => sightingsBelow(each, scratch, mayHold));
  expect(lying(), 'in a crash file').toEqual([]);
  await app.close();
  expect(lying(), 'after the end').toEqual([]);
});
