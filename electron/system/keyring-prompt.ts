import { fail, ok, type Result } from '../../shared/problem.ts';
import { PATIENCE_MS, PromptQueue } from './prompt-queue.ts';
import type { SessionBus } from './session-bus.ts';

const DESTINATION = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const SECRET = 'org.freedesktop.Secret';
/** What the specification writes where no prompt is needed. */
const NOTHING = '/';

/** Has the service ask the person for a keyring's password, which itself never comes by here. */
export class KeyringPrompt {
  readonly #bus: SessionBus;
  readonly #patience: number;
  readonly #queue = new PromptQueue();

  constructor(bus: SessionBus, patience: number = PATIENCE_MS) {
    this.#bus = bus;
    this.#patience = patience;
  }

  /** Opens a collection by its object path unless `isOpen` says that it is; `keyring-locked` when it stays shut. */
  async open(collection: string, isOpen: () => Promise<boolean>): Promise<Result<void>> {
    const open = await this.#queue.open(collection, isOpen, () => this.#prompt(collection));
    if (open) return ok(undefined);
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
