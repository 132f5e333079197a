import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Chromium } from './chromium.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { Preventable } from './preventable.ts';
import { followTargets } from './targets.ts';
import { BrowserWindow, useBrowser, windows } from './window.ts';

/** How long the browser may take to end before it is killed. */
const PATIENCE_MS = 3000;

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine: {
    readonly appendSwitch: (name: string, value?: string) => void;
    readonly getSwitchValue: (name: string) => string;
  };
  readonly #switches = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #name = 'Electron';
  #isReady = false;
  #isQuitting = false;
  #chromium: Chromium | undefined;

  constructor() {
    super();
    this.commandLine = {
      appendSwitch: (name, value = '') => void this.#switches.set(name, value),
      getSwitchValue: (name) => this.#switches.get(name) ?? '',
    };
    windows.on('created', ({ webContents }) => this.emit('web-contents-created', {}, webContents));
    windows.on('closed', (left) => {
      if (left > 0 || this.#isQuitting) return;
      if (!this.emit('window-all-closed')) this.quit();
    });
  }

  /** Every sandboxed renderer is what the host has anyway. */
  enableSandbox(): void {}

  setName(name: string): void {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  getLocale(): string {
    return this.commandLine.getSwitchValue('lang') || 'en-US';
  }

  getPath(name: string): string {
    const config = process.env['XDG_CONFIG_HOME'] || path.join(os.homedir(), '.config');
    if (name === 'home') return os.homedir();
    if (name === 'userData')
      return this.commandLine.getSwitchValue('user-data-dir') || path.join(config, this.#name);
    const folder = path.join(os.homedir(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    return fs.existsSync(folder) ? folder : os.homedir();
  }

  requestSingleInstanceLock(): boolean {
    const second = (argv: readonly string[], folder: string): void =>
      void this.emit('second-instance', {}, argv, folder);
    return takeInstanceLock(this.getPath('userData'), second);
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** The browser runs: from here on there can be windows. */
  async start(chromium: Chromium): Promise<void> {
    this.#chromium = chromium;
    chromium.on('gone', (words) => {
      if (!this.#isReady) console.error(`Chromium ended before it was ready:\n${words}`);
      this.exit(this.#isReady ? 0 : 1);
    });
    await followTargets(chromium);
    useBrowser(chromium);
    this.#isReady = true;
    this.emit('ready', {}, {});
    this.#ready.resolve();
  }

  quit(): void {
    void this.#quit();
  }

  async #quit(): Promise<void> {
    const event = new Preventable();
    this.emit('before-quit', event);
    if (event.defaultPrevented || this.#isQuitting) return;
    this.#isQuitting = true;
    for (const window of BrowserWindow.getAllWindows()) {
      if (await window.close()) continue;
      this.#isQuitting = false;
      return;
    }
    this.emit('will-quit', new Preventable());
    this.exit(0);
  }

  exit(code = 0): void {
    const chromium = this.#chromium;
    if (!chromium?.alive) process.exit(code);
    chromium.removeAllListeners('gone');
    chromium.once('gone', () => process.exit(code));
    chromium.ask('Browser.close').catch(() => undefined);
    setTimeout(() => chromium.kill(), PATIENCE_MS);
  }
}

export const app = new App();
