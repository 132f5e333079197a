import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { Chromium } from './chromium.ts';
import { Preventable } from './preventable.ts';
import { WebContents } from './web-contents.ts';

interface WebPreferences extends Readonly<Record<string, unknown>> {
  readonly preload?: string;
}

interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: WebPreferences;
}

/** What must stand in every window: the host has nothing but isolated, sandboxed pages and takes no default for it. */
const REQUIRED: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
};

/** What would open the page where it is set at all. */
const UNSAFE: Readonly<Record<string, boolean>> = {
  webSecurity: false,
  webviewTag: true,
  nodeIntegrationInWorker: true,
  nodeIntegrationInSubFrames: true,
  allowRunningInsecureContent: true,
  experimentalFeatures: true,
};

function refuseUnsafe(preferences: WebPreferences): void {
  for (const [name, wanted] of Object.entries(REQUIRED)) {
    if (preferences[name] !== wanted)
      throw new Error(`Chromium host: webPreferences.${name} must be ${wanted}`);
  }
  for (const [name, unsafe] of Object.entries(UNSAFE)) {
    if (preferences[name] === unsafe)
      throw new Error(`Chromium host: webPreferences.${name} = ${unsafe} is refused`);
  }
  const { preload } = preferences;
  if (preload !== undefined && !path.isAbsolute(preload))
    throw new Error('the preload needs an absolute path');
}

/** Windows as they come and go, for the app and for the browser's events. */
export const windows = new EventEmitter<{ created: [BrowserWindow]; closed: [number] }>();

const open = new Set<BrowserWindow>();
let browser: Chromium | undefined;
let lastId = 0;

/** Gives windows their browser; without it none can be made. */
export const useBrowser = (chromium: Chromium): void => {
  browser = chromium;
};

export class BrowserWindow extends EventEmitter {
  readonly id = (lastId += 1);
  readonly webContents: WebContents;
  /** The address of its first, blank page, by which the window finds its target. */
  readonly marker = `host-window-${randomUUID()}`;
  readonly #attached = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #options: WindowOptions;
  #visible: boolean;

  constructor(options: WindowOptions = {}) {
    super();
    if (!browser) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    refuseUnsafe(preferences);
    this.#options = options;
    this.#visible = options.show !== false;
    this.webContents = new WebContents(this.id, preferences.preload);
    this.webContents.on('dom-ready', () => this.emit('ready-to-show'));
    this.webContents.on('close-asked', () => void this.close());
    open.add(this);
    windows.emit('created', this);
    const { width = 800, height = 600 } = options;
    const blank = `data:text/html,<title>${this.marker}</title>`;
    browser.openWindow(blank, width, height).catch((error: unknown) => this.#attached.reject(error));
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return [...open];
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(({ webContents }) => webContents === contents) ?? null;
  }

  /** The browser's target for this window has come. */
  async attach(chromium: Chromium, sessionId: string, targetId: string): Promise<void> {
    await this.webContents.attach(chromium, sessionId, targetId);
    const { windowId } = await chromium.ask('Browser.getWindowForTarget', { targetId });
    const { width = 800, height = 600 } = this.#options;
    await chromium.ask('Browser.setWindowBounds', { windowId, bounds: { width, height } });
    this.#attached.resolve();
  }

  /** The browser's target is gone, whoever closed it. */
  leave(): void {
    open.delete(this);
    this.webContents.leave();
    this.emit('closed');
    this.#closed.resolve();
    windows.emit('closed', open.size);
  }

  async loadURL(url: string): Promise<void> {
    await this.#attached.promise;
    await this.webContents.loadURL(url);
  }

  /** Closes the window unless a listener prevents it; true when it is closed. */
  async close(): Promise<boolean> {
    const event = new Preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    await this.destroy();
    return true;
  }

  async destroy(): Promise<void> {
    await this.#attached.promise;
    await browser?.ask('Target.closeTarget', { targetId: this.webContents.targetId }).catch(() => undefined);
    await this.#closed.promise;
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {}

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  getTitle(): string {
    return this.#options.title ?? '';
  }
}
