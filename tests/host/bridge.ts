/** A value on its way between the page's world and the preload's: copied, except that functions stay where they are. */
type Wire =
  | readonly ['plain', unknown]
  | readonly ['function' | 'promise', number]
  | readonly ['error', string]
  | readonly ['array', readonly Wire[]]
  | readonly ['object', readonly (readonly [string, Wire])[]];

type Message =
  | readonly ['call', number, readonly Wire[]]
  | readonly ['settle', number, boolean, Wire]
  | readonly ['expose', string, Wire];

type AnyFunction = (...args: readonly unknown[]) => unknown;

export interface Bridge {
  expose(key: string, api: unknown): void;
}

/**
 * One end of `contextBridge`: it exists once in the page's world and once in the preload's. The ends talk through
 * synchronous events on the document; Chromium clones an event's detail between worlds, so no object is shared.
 * Knowing the token gains a page nothing: the other end only calls functions that were exposed to it anyway.
 * The function's source runs inside the browser, so it uses nothing from outside itself.
 */
export function bridgeEnd(token: string, here: string, there: string): Bridge {
  const functions = new Map<number, AnyFunction>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let answer: readonly [boolean, Wire] | undefined;
  const latest = (): typeof answer => answer;

  const tell = (to: string, detail: unknown): boolean =>
    document.dispatchEvent(new CustomEvent(token + to, { detail }));

  function ask(message: Message): unknown {
    answer = undefined;
    tell(there, message);
    const answered = latest();
    if (!answered) throw new Error('contextBridge: the other world does not answer');
    const value = unwrap(answered[1], false);
    if (answered[0]) return value;
    throw value;
  }

  function wrap(value: unknown, depth = 0): Wire {
    if (depth > 500) throw new Error('contextBridge: nested too deeply');
    if (typeof value === 'symbol') throw new Error('contextBridge: symbols cannot cross');
    if (typeof value === 'function')
      return ['function', keep((...args) => Reflect.apply(value, undefined, args))];
    if (value === null || typeof value !== 'object') return ['plain', value];
    if (value instanceof Promise) return ['promise', follow(value)];
    if (value instanceof Error) return ['error', value.message];
    if (Array.isArray(value)) return ['array', value.map((each) => wrap(each, depth + 1))];
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return ['plain', structuredClone(value)];
    return ['object', Object.entries(value).map(([key, each]) => [key, wrap(each, depth + 1)])];
  }

  function keep(called: AnyFunction): number {
    functions.set((lastId += 1), called);
    return lastId;
  }

  function follow(promise: Promise<unknown>): number {
    const id = (lastId += 1);
    const settle = (done: boolean) => (value: unknown) => void ask(['settle', id, done, wrap(value)]);
    promise.then(settle(true), settle(false));
    return id;
  }

  function unwrap(wire: Wire, frozen: boolean): unknown {
    const finish = <T>(value: T): T => (frozen ? Object.freeze(value) : value);
    switch (wire[0]) {
      case 'plain':
        return wire[1];
      case 'function': {
        const id = wire[1];
        return finish((...args: readonly unknown[]) => ask(['call', id, args.map((each) => wrap(each))]));
      }
      case 'promise': {
        const id = wire[1];
        return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
      }
      case 'error':
        return new Error(wire[1]);
      case 'array':
        return finish(wire[1].map((each) => unwrap(each, frozen)));
      case 'object':
        return finish(Object.fromEntries(wire[1].map(([key, each]) => [key, unwrap(each, frozen)])));
    }
  }

  function obey(message: Message): unknown {
    switch (message[0]) {
      case 'call':
        return functions.get(message[1])?.(...message[2].map((each) => unwrap(each, false)));
      case 'settle': {
        const waiting = promises.get(message[1]);
        promises.delete(message[1]);
        waiting?.[message[2] ? 'resolve' : 'reject'](unwrap(message[3], false));
        return undefined;
      }
      case 'expose': {
        const [, key, api] = message;
        if (Object.hasOwn(window, key)) throw new Error(`contextBridge: window.${key} exists already`);
        return void Object.defineProperty(window, key, { value: unwrap(api, true), enumerable: true });
      }
    }
  }

  function reply(message: Message): readonly [boolean, Wire] {
    try {
      return [true, wrap(obey(message))];
    } catch (error) {
      return [false, wrap(error instanceof Error ? error : new Error(String(error)))];
    }
  }

  const listen = (name: string, act: (detail: unknown) => void): void =>
    document.addEventListener(
      token + name,
      (event) => {
        event.stopImmediatePropagation();
        if (event instanceof CustomEvent) act(event.detail);
      },
      { capture: true },
    );
  listen(here, (detail) => tell(`${there}:answer`, reply(detail as Message)));
  listen(`${here}:answer`, (detail) => {
    answer = detail as readonly [boolean, Wire];
  });

  return { expose: (key, api) => void ask(['expose', key, wrap(api)]) };
}
