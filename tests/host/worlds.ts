import { bridgeEnd, type Bridge } from './bridge.ts';
import { makeCodec, type Codec } from './codec.ts';

/** The names of the preload's world and of the two ends of its line to the host; none exists in the page's world. */
export const WORLD = 'preload';
export const SEND = 'sendToHost';
export const RECEIVE = 'receiveFromHost';

/** What the preload's world tells the host; `args` and `value` are encoded. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly message: string };

/** What the host tells the preload's world. */
export type ToPage =
  | { readonly kind: 'value'; readonly id: number; readonly value: string }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: string };

type Listener = (event: unknown, ...args: readonly unknown[]) => void;
type Preload = (require: (name: string) => unknown, module: object, exports: object) => void;

/**
 * Runs a sandboxed preload: CommonJS, and `require` knows `electron` alone.
 * The function's source runs inside the browser, so it uses nothing from outside itself.
 */
function runPreload(
  codec: Codec,
  bridge: Bridge,
  send: (text: string) => void,
  listenAs: string,
  preload: Preload,
): void {
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;
  const tell = (message: FromPage): void => send(JSON.stringify(message));

  const ipcRenderer = {
    invoke: (channel: string, ...args: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const id = (lastId += 1);
        const encoded = codec.encode(args);
        calls.set(id, { resolve, reject });
        tell({ kind: 'invoke', id, channel, args: encoded });
      }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };

  function receive(message: ToPage): void {
    if (message.kind === 'event') {
      const args = codec.decode(message.args);
      for (const listener of listeners.get(message.channel) ?? [])
        listener({}, ...(Array.isArray(args) ? args : []));
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.kind === 'value') call?.resolve(codec.decode(message.value));
    else call?.reject(new Error(message.message));
  }
  Object.defineProperty(globalThis, listenAs, { value: receive });

  const contextBridge = { exposeInMainWorld: (key: string, api: unknown) => bridge.expose(key, api) };
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports);
  } catch (error) {
    tell({ kind: 'preload-error', message: String(error) });
  }
}

/** Only the top frame of a page that the host serves has these worlds. */
const GUARD = "if (window.top !== window || location.protocol !== 'https:') return;";

const end = (token: string, here: string, there: string): string =>
  `(${String(bridgeEnd)})(${JSON.stringify(token)}, '${here}', '${there}')`;

/** The script of the page's world. */
export const pageScript = (token: string): string =>
  `(() => { ${GUARD} ${end(token, 'page', 'preload')}; })()`;

/** The script of the preload's world; the line to the host is taken off its global before the preload runs. */
export const preloadScript = (token: string, source: string): string => `(() => { ${GUARD}
  const send = globalThis.${SEND};
  delete globalThis.${SEND};
  (${String(runPreload)})((${String(makeCodec)})(), ${end(token, 'preload', 'page')}, send, '${RECEIVE}',
    function (require, module, exports) {${source}\n});
})()`;
