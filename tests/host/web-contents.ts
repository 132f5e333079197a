import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import type { Chromium, Params, Told } from './chromium.ts';
import { makeCodec } from './codec.ts';
import { invoke } from './ipc-main.ts';
import { EVALUATED, FROM_PAGE, PAGE_EVENTS, type Paused } from './page-events.ts';
import { Preventable } from './preventable.ts';
import { named, originOf, serve, shown } from './schemes.ts';
import { decisions, session } from './session.ts';
import { pageScript, preloadScript, RECEIVE, SEND, WORLD, type ToPage } from './worlds.ts';

const codec = makeCodec();

type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

/** The page of one window, and its only frame. */
export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session = session.defaultSession;
  readonly mainFrame: { readonly url: string; readonly origin: string; readonly parent: null };
  readonly #preload: string | undefined;
  readonly #token = randomUUID();
  #chromium: Chromium | undefined;
  #sessionId = '';
  #targetId = '';
  #url = '';
  /** Where the app itself sends the page; every other navigation is the page's own. */
  #expected = '';
  #world: number | undefined;
  #loaded = Promise.withResolvers<void>();
  #gone = false;
  #onOpen: OpenHandler = () => ({ action: 'allow' });

  constructor(id: number, preload: string | undefined) {
    super();
    this.id = id;
    this.#preload = preload;
    const url = (): string => this.getURL();
    this.mainFrame = {
      get url() {
        return url();
      },
      get origin() {
        return originOf(url());
      },
      parent: null,
    };
  }

  get targetId(): string {
    return this.#targetId;
  }

  get sessionId(): string {
    return this.#sessionId;
  }

  getURL(): string {
    return named(this.#url);
  }

  isDestroyed(): boolean {
    return this.#gone;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#onOpen = handler;
  }

  reload(): void {
    this.#askInPassing('Page.reload', {});
  }

  forcefullyCrashRenderer(): void {
    this.#askInPassing('Page.crash', {});
  }

  /** The value of an expression in the page's own world. */
  async executeJavaScript(expression: string): Promise<unknown> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    return EVALUATED.parse(await this.#ask('Runtime.evaluate', params)).result.value;
  }

  /** Asks for the window to be closed, as the page's own `window.close` would. */
  close(): void {
    this.emit('close-asked');
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#tell({ kind: 'event', channel, args: codec.encode(args) }, this.#world);
  }

  async loadURL(url: string): Promise<void> {
    this.#expected = shown(url);
    this.#loaded = Promise.withResolvers();
    const { errorText } = await this.#ask('Page.navigate', { url: this.#expected });
    if (typeof errorText === 'string') throw new Error(`${errorText} loading '${url}'`);
    await this.#loaded.promise;
  }

  /** Takes over a fresh target, which waits until this is done: isolation stands before the first script runs. */
  async attach(chromium: Chromium, sessionId: string, targetId: string): Promise<void> {
    this.#chromium = chromium;
    this.#sessionId = sessionId;
    this.#targetId = targetId;
    const script = (source: string, world: Params): Promise<Params> =>
      this.#ask('Page.addScriptToEvaluateOnNewDocument', { source, ...world });
    await Promise.all([
      this.#ask('Page.enable'),
      this.#ask('Inspector.enable'),
      this.#ask('Runtime.enable'),
      this.#ask('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      this.#ask('Runtime.addBinding', { name: SEND, executionContextName: WORLD }),
      script(pageScript(this.#token), {}),
      ...(this.#preload === undefined
        ? []
        : [script(preloadScript(this.#token, fs.readFileSync(this.#preload, 'utf8')), { worldName: WORLD })]),
      ...decisions(this).map(({ name, granted }) =>
        chromium.ask('Browser.setPermission', {
          permission: { name },
          setting: granted ? 'granted' : 'denied',
        }),
      ),
    ]);
  }

  /** The target is closed. */
  leave(): void {
    this.#gone = true;
    this.#loaded.resolve();
    this.emit('destroyed');
  }

  hear({ method, params }: Told): void {
    switch (method) {
      case 'Runtime.executionContextCreated': {
        const { context } = PAGE_EVENTS[method].parse(params);
        if (context.name === WORLD && context.auxData.frameId === this.#targetId) this.#world = context.id;
        return;
      }
      case 'Runtime.executionContextsCleared':
        this.#world = undefined;
        return;
      case 'Runtime.bindingCalled': {
        const { name, payload, executionContextId } = PAGE_EVENTS[method].parse(params);
        if (name === SEND) void this.#obey(payload, executionContextId);
        return;
      }
      case 'Inspector.targetCrashed':
        this.#world = undefined;
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
        return;
      case 'Page.frameNavigated': {
        const { frame } = PAGE_EVENTS[method].parse(params);
        if (frame.id === this.#targetId) this.#url = frame.url;
        return;
      }
      case 'Page.domContentEventFired':
        if (this.#isServed()) this.emit('dom-ready');
        return;
      case 'Page.loadEventFired':
        if (this.#isServed()) this.#loaded.resolve();
        return;
      case 'Page.windowOpen':
        this.#refusePopup(named(PAGE_EVENTS[method].parse(params).url));
        return;
      case 'Fetch.requestPaused':
        void this.#answerRequest(PAGE_EVENTS[method].parse(params));
        return;
      default:
    }
  }

  #ask(method: string, params: Params = {}): Promise<Params> {
    if (!this.#chromium) throw new Error('the page is not there yet');
    return this.#chromium.ask(method, params, this.#sessionId);
  }

  /** A target that goes away takes its questions with it. */
  #askInPassing(method: string, params: Params): void {
    this.#ask(method, params).catch(() => undefined);
  }

  /** False for the blank page that every window begins with. */
  #isServed(): boolean {
    return this.#url.startsWith('https:');
  }

  #tell(message: ToPage, contextId: number | undefined): void {
    if (contextId === undefined) return;
    this.#askInPassing('Runtime.evaluate', {
      contextId,
      expression: `${RECEIVE}(${JSON.stringify(message)})`,
    });
  }

  async #obey(payload: string, contextId: number): Promise<void> {
    const message = FROM_PAGE.parse(JSON.parse(payload));
    if (message.kind === 'preload-error') {
      console.error(`Unable to load preload script: ${message.message}`);
      return;
    }
    const { id, channel, args } = message;
    try {
      const event = { sender: this, senderFrame: this.mainFrame };
      const value = codec.encode(await invoke(channel, event, codec.decode(args)));
      this.#tell({ kind: 'value', id, value }, contextId);
    } catch (error) {
      const text = `Error invoking remote method '${channel}': ${String(error)}`;
      this.#tell({ kind: 'error', id, message: text }, contextId);
    }
  }

  /** The host opens no popup; the app must not want one either. */
  #refusePopup(url: string): void {
    const { action } = this.#onOpen({ url });
    if (action !== 'deny')
      console.error(`[chromium host] a popup was allowed, which this host has not: ${url}`);
  }

  async #answerRequest({ requestId, request, resourceType, frameId }: Paused): Promise<void> {
    const refuse = (errorReason: string): void =>
      this.#askInPassing('Fetch.failRequest', { requestId, errorReason });
    const moves = resourceType === 'Document' && frameId === this.#targetId;
    if (moves && request.url !== this.#expected && !this.#mayNavigate(named(request.url)))
      return refuse('Aborted');
    try {
      const response = await serve(named(request.url), request.method);
      if (!response) return refuse('BlockedByClient');
      this.#askInPassing('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      });
    } catch {
      refuse('Failed');
    }
  }

  #mayNavigate(url: string): boolean {
    return ['will-navigate', 'will-frame-navigate'].every((name) => {
      const event = new Preventable(url);
      this.emit(name, event);
      return !event.defaultPrevented;
    });
  }
}
