import fs from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { localeOf } from '../../shared/messages/index.ts';
import { app } from './app.ts';
import { Chromium, findChromium } from './chromium.ts';
import { parseCommandLine, type CommandLine } from './command-line.ts';

/** Runs an Electron app's own main, preload and page on Node and Chromium. */
const given = process.argv.slice(2);
const line = parseCommandLine(given);
if (line.app === undefined) stop('usage: electron [--switch]... <app folder or main file> [argument]...');
const main = mainFileOf(path.resolve(line.app));
const executable = findChromium();
if (executable === undefined) stop('No Chromium found: install it, or name it in ELECTRON_HOST_CHROMIUM.');

// the npm package of this name only knows a path; the app means the module that Electron has inside
const electron = pathToFileURL(path.join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? { url: electron, format: 'module-typescript', shortCircuit: true }
      : next(name, context),
});

// Playwright's loader trims this as it does in Electron
process.argv = [process.execPath, ...given];
if (line.switches.has('inspect')) inspector.open(Number(line.switches.get('inspect')));
for (const name of ['user-data-dir', 'lang']) {
  const value = line.switches.get(name);
  if (value) app.commandLine.appendSwitch(name, value);
}
const language = line.switches.get('lang') || languageTag(localeOf(process.env));
app.commandLine.appendSwitch('lang', language);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

const load = createRequire(main);
for (const module of line.required) load(module);
await import(pathToFileURL(main).href);
await app.start(startChromium(executable, line));

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function mainFileOf(target: string): string {
  if (!fs.statSync(target, { throwIfNoEntry: false })?.isDirectory()) return target;
  const { main = 'index.js' }: { main?: string } = JSON.parse(
    fs.readFileSync(path.join(target, 'package.json'), 'utf8'),
  );
  return path.join(target, main);
}

/** `de_AT.UTF-8` as browsers write it; the C locale speaks English. */
function languageTag(locale: string | undefined): string {
  const [, tag] = /^([a-z]{2,3}(?:[_-][A-Za-z]{2})?)(?:[.@]|$)/.exec(locale ?? '') ?? [];
  return tag?.replace('_', '-') ?? 'en-US';
}

/** A browser on a profile of its own that is gone afterwards, and that never offers to keep a password. */
function startChromium(program: string, { switches }: CommandLine): Chromium {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-chromium-'));
  process.on('exit', () => fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  fs.mkdirSync(path.join(profile, 'Default'));
  const preferences = { credentials_enable_service: false, profile: { password_manager_enabled: false } };
  fs.writeFileSync(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  return new Chromium(program, {
    profile,
    language,
    headless: switches.has('headless') || (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']),
    noSandbox: switches.has('no-sandbox'),
    debugPort: switches.get('remote-debugging-port'),
  });
}
