import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { CALLS } from '../../shared/contract.ts';
import { CONTENT_SECURITY_POLICY } from '../../electron/page-address.ts';
import { argumentsOf, expect, test } from '../host/fixture.ts';

const PRELOAD = path.join(import.meta.dirname, '../../dist/app/preload/preload.cjs');
const SAFE = { preload: PRELOAD, sandbox: true, contextIsolation: true, nodeIntegration: false };

test('the page has no Node', async ({ page }) => {
  const names = ['require', 'process', 'module', 'exports', 'Buffer', '__dirname', 'ipcRenderer', 'electron'];
  const types = await page.evaluate((all) => all.map((name) => typeof Reflect.get(window, name)), names);
  expect(types).toEqual(names.map(() => 'undefined'));
});

test('window.rekey is the contract, frozen', async ({ page }) => {
  const api = await page.evaluate(() => {
    const { rekey } = window;
    const rebound = Reflect.set(window, 'rekey', {}) || Reflect.deleteProperty(window, 'rekey');
    const changed = Reflect.set(rekey, 'scan', null) || Reflect.set(rekey, 'more', 1);
    const functions = Object.values(rekey).every(
      (each) => typeof each === 'function' && Object.isFrozen(each),
    );
    return { names: Object.keys(rekey), rebound, changed, functions, frozen: Object.isFrozen(rekey) };
  });
  expect(api.names.sort()).toEqual([...Object.keys(CALLS), 'onProgress'].sort());
  expect(api).toMatchObject({ rebound: false, changed: false, functions: true, frozen: true });
});

test('answers belong to the page, and so do errors', async ({ page }) => {
  const own = await page.evaluate(async () => {
    const call = window.rekey.history({});
    const answer = await call;
    const refused = await Promise.resolve()
      .then(() => Reflect.apply(window.rekey.scan, undefined, [() => 1]))
      .then(
        () => 'answered',
        (error: unknown) => (error instanceof Error ? 'refused' : 'foreign'),
      );
    return { call: call instanceof Promise, answer: answer instanceof Object, refused };
  });
  expect(own).toEqual({ call: true, answer: true, refused: 'refused' });
});

test('the policy comes by header, and refuses inline code, eval, strangers and frames', async ({ page }) => {
  const response = await page.reload();
  expect(response?.headers()['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  await page.evaluate(async () => {
    const directives = new Set<string>();
    Object.assign(window, { directives, ran: [] });
    document.addEventListener('securitypolicyviolation', (event) => directives.add(event.effectiveDirective));
    const attempt = (act: () => unknown): Promise<unknown> =>
      // code that the test driver evaluates may do what the page may not, so the page's own timer does it
      new Promise((resolve) => setTimeout(() => void Promise.resolve().then(act).then(resolve, resolve)));
    const add = (name: string, attributes: Readonly<Record<string, string>>): void =>
      document.body.append(Object.assign(document.createElement(name), attributes));
    await attempt(() => document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="ran.push(1)">'));
    await attempt(() => add('script', { text: 'ran.push(2)' }));
    await attempt(() => Reflect.construct(Function, ['ran.push(3)'])());
    await attempt(() => add('img', { src: 'https://example.org/pixel.png' }));
    await attempt(() => add('iframe', { src: 'https://example.org/' }));
    await attempt(() => add('link', { rel: 'stylesheet', href: 'https://example.org/style.css' }));
    await attempt(() => document.body.setAttribute('style', 'color: red'));
    await attempt(() => fetch('https://example.org/'));
    await attempt(() => new WebSocket('wss://example.org/'));
  });
  const violated = (): Promise<unknown> =>
    page.evaluate(() => [...(Reflect.get(window, 'directives') as Set<string>)].sort());
  await expect
    .poll(violated)
    .toEqual([
      'connect-src',
      'frame-src',
      'img-src',
      'require-trusted-types-for',
      'style-src-attr',
      'style-src-elem',
    ]);
  expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toEqual([]);
});

test('the page stays where it is, and alone', async ({ app, page }) => {
  const before = page.url();
  const opened = await page.evaluate(() => {
    const popup = window.open('https://example.org/');
    location.assign('https://example.org/');
    const link = document.createElement('a');
    link.href = 'https://example.org/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    return popup !== null && !popup.closed;
  });
  await page.evaluate(() => window.rekey.history({}));
  expect(page.url()).toBe(before);
  await expect.poll(() => app.windows().length).toBe(1);
  await expect.poll(() => page.evaluate(() => document.title)).toBe('Rekey');
  if (opened)
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
      .toBe(1);
});

test('every permission is denied', async ({ page }) => {
  const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read', 'midi'];
  const states = await page.evaluate(async (all) => {
    const query = async (name: string): Promise<string> => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return `${name} ${state}`;
    };
    return Promise.all(all.map(query));
  }, names);
  expect(states).toEqual(names.map((name) => `${name} denied`));
});

test('a call from another window is refused, with a value', async ({ app, page }) => {
  const url = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  const [other] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(
      async ({ BrowserWindow }, [address, webPreferences]) => {
        await new BrowserWindow({ webPreferences }).loadURL(address);
      },
      [url ?? '', SAFE] as const,
    ),
  ]);
  await other.waitForURL(page.url());
  const answer = await other.evaluate(() => window.rekey.history({}));
  expect(answer).toEqual({ ok: false, problem: { kind: 'internal', subject: 'history', detail: 'sender' } });
  expect(await page.evaluate(() => window.rekey.history({}))).toEqual({ ok: true, value: { runs: [] } });
});

test('a call of the wrong shape is refused, with a value', async ({ page }) => {
  const answers = await page.evaluate(() => {
    const call = (...args: readonly unknown[]): unknown => Reflect.apply(window.rekey.plan, undefined, args);
    const wrong = [undefined, null, 'alex', { account: 5 }, { account: 'x'.repeat(5000) }, new Map()];
    return Promise.all(wrong.map((each) => call(each)));
  });
  for (const answer of answers) {
    expect(answer).toEqual({ ok: false, problem: { kind: 'internal', subject: 'plan', detail: 'request' } });
  }
});

test('a second start tells the first one and ends', async ({ app, page, home, scratch }) => {
  await expect(page).toHaveTitle('Rekey');
  await app.evaluate(({ app }) => {
    const told = new Promise((resolve) => app.once('second-instance', () => resolve('told')));
    Object.assign(globalThis, { told });
  });
  const second = spawn(app.process().spawnfile, [
    '--no-sandbox',
    ...argumentsOf({ scratch, home, options: [] }),
  ]);
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  expect(await app.evaluate(() => Reflect.get(globalThis, 'told'))).toBe('told');
});

test('the host makes no window whose page is less confined', async ({ app, page, host }) => {
  test.skip(host.kind === 'electron', 'a rule of the Chromium host; Electron makes such windows');
  await expect(page).toHaveTitle('Rekey');
  const unsafe = [
    {},
    { ...SAFE, sandbox: false },
    { ...SAFE, contextIsolation: false },
    { ...SAFE, nodeIntegration: true },
    { ...SAFE, webSecurity: false },
    { ...SAFE, webviewTag: true },
    { ...SAFE, nodeIntegrationInWorker: true },
  ];
  const made = await app.evaluate(
    ({ BrowserWindow }, all) =>
      all.filter((webPreferences) => {
        try {
          return Boolean(new BrowserWindow({ webPreferences }));
        } catch {
          return false;
        }
      }),
    unsafe,
  );
  expect(made).toEqual([]);
});
