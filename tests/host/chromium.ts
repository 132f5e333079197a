import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { z } from 'zod';

export type Params = Readonly<Record<string, unknown>>;

/** An event of the DevTools protocol, from the browser itself or from one of its pages. */
export interface Told {
  readonly method: string;
  readonly params: Params;
  readonly sessionId?: string | undefined;
}

const MESSAGE = z.object({
  id: z.number().optional(),
  method: z.string().default(''),
  params: z.record(z.string(), z.unknown()).default({}),
  sessionId: z.string().optional(),
  result: z.record(z.string(), z.unknown()).default({}),
  error: z.object({ message: z.string() }).optional(),
});

interface Asked {
  readonly method: string;
  readonly resolve: (result: Params) => void;
  readonly reject: (error: Error) => void;
}

export interface Start {
  readonly profile: string;
  readonly headless: boolean;
  readonly noSandbox: boolean;
  /** The TCP port of the protocol; only where a test driver asks for it. */
  readonly debugPort: string | undefined;
  readonly language: string | undefined;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** The first browser of the Chromium family in PATH, or the one that `ELECTRON_HOST_CHROMIUM` names. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const named = process.env['ELECTRON_HOST_CHROMIUM'];
  return (named ? [named] : candidates).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser reaches nothing but what the host serves, and runs nothing of its own. */
const ALWAYS = [
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
];

const argumentsFor = ({ profile, headless, noSandbox, debugPort, language }: Start): readonly string[] => [
  ...ALWAYS,
  `--user-data-dir=${profile}`,
  ...(headless ? ['--headless=new'] : []),
  ...(noSandbox ? ['--no-sandbox', '--test-type'] : []),
  ...(debugPort === undefined ? [] : [`--remote-debugging-port=${debugPort}`]),
  ...(language === undefined ? [] : [`--lang=${language}`, `--accept-lang=${language}`]),
];

/** One running browser, spoken to over two inherited pipes: messages are JSON, ended by a NUL. */
export class Chromium extends EventEmitter<{ told: [Told]; gone: [string] }> {
  readonly #start: Start;
  readonly #executable: string;
  readonly #process: ChildProcess;
  readonly #input: Writable;
  readonly #asked = new Map<number, Asked>();
  #lastId = 0;
  #rest: Buffer = Buffer.alloc(0);
  #words = '';
  #alive = true;

  constructor(executable: string, start: Start) {
    super();
    this.#executable = executable;
    this.#start = start;
    this.#process = spawn(executable, argumentsFor(start), {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, , , input, output] = this.#process.stdio;
    if (!(input instanceof Writable) || !(output instanceof Readable))
      throw new Error('Chromium has no pipes');
    this.#input = input;
    input.on('error', () => undefined);
    output.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#process.stderr?.on('data', (chunk: Buffer) => this.#hear(chunk.toString()));
    this.#process.on('exit', () => this.#end());
    this.#process.on('error', (error) => this.#end(error.message));
  }

  get headless(): boolean {
    return this.#start.headless;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Asks the browser, or one page of it. Rejects with the browser's words. */
  ask(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { method, resolve, reject });
      this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Opens a window without tabs and address bar; a headless one has neither. */
  async openWindow(url: string, width: number, height: number): Promise<void> {
    if (this.headless) {
      await this.ask('Target.createTarget', { url, newWindow: true, width, height });
      return;
    }
    const sandbox = this.#start.noSandbox ? ['--no-sandbox', '--test-type'] : [];
    const profile = `--user-data-dir=${this.#start.profile}`;
    const args = [profile, `--app=${url}`, `--window-size=${width},${height}`, ...sandbox];
    // a second start with the same profile hands its window over to the browser that runs already
    spawn(this.#executable, args, { stdio: 'ignore' });
  }

  kill(): void {
    this.#process.kill();
  }

  #read(chunk: Buffer): void {
    let bytes = Buffer.concat([this.#rest, chunk]);
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0)) {
      this.#take(MESSAGE.parse(JSON.parse(bytes.toString('utf8', 0, end))));
      bytes = bytes.subarray(end + 1);
    }
    this.#rest = bytes;
  }

  #take({ id, method, params, sessionId, result, error }: z.infer<typeof MESSAGE>): void {
    if (id === undefined) {
      this.emit('told', { method, params, sessionId });
      return;
    }
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error) asked?.reject(new Error(`${asked.method}: ${error.message}`));
    else asked?.resolve(result);
  }

  /** Playwright waits for the line about DevTools; the rest is kept for when the browser does not start. */
  #hear(text: string): void {
    this.#words = (this.#words + text).slice(-2000);
    for (const line of text.split('\n')) {
      if (line.startsWith('DevTools listening') || process.env['ELECTRON_HOST_DEBUG'])
        process.stderr.write(`${line}\n`);
    }
  }

  #end(words = this.#words): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const { method, reject } of this.#asked.values())
      reject(new Error(`${method}: the browser is gone`));
    this.#asked.clear();
    this.emit('gone', words);
  }
}
