import fs from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright/test';
import { expect, test } from '../host/fixture.ts';

/** A mail server that takes calls and says nothing: a check of it goes on until somebody stops it. */
async function silentServer(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { server, port: address.port };
}

const msmtprc = (port: number): string =>
  [
    'account default',
    'host 127.0.0.1',
    `port ${port}`,
    'tls on',
    'tls_starttls off',
    'auth on',
    'user alex@example.org',
    'from alex@example.org',
    'password older',
    '',
  ].join('\n');

/** Starts a run from the page and leaves it going. */
async function startRun(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const plan = await window.rekey.plan({ account: 'alex@example.org' });
    if (!plan.ok) throw new Error(plan.problem.kind);
    const steps = plan.value.rows.map(({ id }) => id);
    const { planId } = plan.value;
    void window.rekey.apply({ id: 'run-1', planId, steps, password: 'newer', unlocks: {} });
  });
  await expect
    .poll(() => page.evaluate(() => window.rekey.current({})))
    .toMatchObject({ value: { running: true } });
}

/** Lets the question before closing be answered by the test, and counts how often it is asked. */
const answerWith = (app: ElectronApplication, response: number): Promise<void> =>
  app.evaluate(({ dialog }, given) => {
    Object.assign(globalThis, { asked: 0 });
    dialog.showMessageBox = async () => {
      Object.assign(globalThis, { asked: Number(Reflect.get(globalThis, 'asked')) + 1 });
      return { response: given, checkboxChecked: false };
    };
  }, response);

const asked = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => Reflect.get(globalThis, 'asked'));

const closeWindow = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('closing in the middle of a run asks, stays when told to, and stops the run when told to', async ({
  app,
  home,
  page,
}) => {
  const { server, port } = await silentServer();
  const file = path.join(home, '.msmtprc');
  fs.writeFileSync(file, msmtprc(port), { mode: 0o600 });
  await startRun(page);

  await answerWith(app, 1);
  await closeWindow(app);
  await expect.poll(() => asked(app)).toBe(1);
  expect(await page.evaluate(() => window.rekey.current({}))).toMatchObject({ value: { running: true } });

  await answerWith(app, 0);
  await Promise.all([app.waitForEvent('close'), closeWindow(app)]);
  expect(fs.readFileSync(file, 'utf8')).toBe(msmtprc(port));
  server.close();
});

test('closing without a run asks nothing', async ({ app, page }) => {
  await expect(page).toHaveTitle('Rekey');
  await answerWith(app, 1);
  await Promise.all([app.waitForEvent('close'), closeWindow(app)]);
});
