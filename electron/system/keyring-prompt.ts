import { fail, ok, type Result } from '../../shared/problem.ts';
import type { SessionBus } from './session-bus.ts';

const DESTINATION = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const SECRET = 'org.freedesktop.Secret';
/** What the specification writes where no prompt is needed. */
const NOTHING = '/';
/** As long as somebody may need to find and type the password of a keyring. */
const PATIENCE_MS = 120_000;

/**
 * Has the service ask the person for a keyring's password: one window at a time, and whoever refuses is not asked
 * again for the same keyring by those who were waiting behind. The password itself never comes by here.
 */
export class KeyringPrompt {
  readonly #bus: SessionBus;
  readonly #patience: number;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly #refused = new Set<string>();

  constructor(bus: SessionBus, patience: number = PATIENCE_MS) {
    this.#bus = bus;
    this.#patience = patience;
  }

  /** Opens a collection by its object path unless `isOpen` says that it is; `keyring-locked` when it stays shut. */
  open(collection: string, isOpen: () => Promise<boolean>): Promise<Result<void>> {
    this.#waiting += 1;
    const turn = this.#last
      .then(() => this.#ask(collection, isOpen))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#refused.clear();
      });
    this.#last = turn;
    return turn;
  }

  async #ask(collection: string, isOpen: () => Promise<boolean>): Promise<Result<void>> {
    if (await isOpen()) return ok(undefined);
    if (!this.#refused.has(collection)) await this.#prompt(collection);
    if (await isOpen()) return ok(undefined);
    this.#refused.add(collection);
    return fail('keyring-locked', collection.slice(collection.lastIndexOf('/') + 1));
  }

  async #prompt(collection: string): Promise<void> {
    const answer = await this.#bus.call({
      destination: DESTINATION,
      path: ROOT,
      interface: `${SECRET}.Service`,
      member: 'Unlock',
      signature: 'ao',
      body: [[collection]],
    });
    const path = answer.ok ? answer.values[1] : undefined;
    if (typeof path !== 'string' || path === NOTHING) return;
    const prompt = { destination: DESTINATION, path, interface: `${SECRET}.Prompt` };
    const show = { ...prompt, member: 'Prompt', signature: 's', body: [''] };
    const done = await this.#bus.callUntil(show, { ...prompt, member: 'Completed' }, this.#patience);
    if (!done.ok) await this.#bus.call({ ...prompt, member: 'Dismiss' });
  }
}
