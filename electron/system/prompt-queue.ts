/**
 * Asks a person for one thing at a time: several windows that want a password would hide each other. Whoever refuses is
 * not asked again for the same thing by those who were waiting behind.
 */
export class PromptQueue {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly #refused = new Set<string>();

  /** Shows `prompt` for `what` unless `isOpen` says that it is open; whether it is open in the end. */
  open(what: string, isOpen: () => Promise<boolean>, prompt: () => Promise<void>): Promise<boolean> {
    this.#waiting += 1;
    const turn = this.#last
      .then(() => this.#ask(what, isOpen, prompt))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#refused.clear();
      });
    this.#last = turn;
    return turn;
  }

  async #ask(what: string, isOpen: () => Promise<boolean>, prompt: () => Promise<void>): Promise<boolean> {
    if (await isOpen()) return true;
    if (!this.#refused.has(what)) await prompt();
    if (await isOpen()) return true;
    this.#refused.add(what);
    return false;
  }
}

/** As long as somebody may need to find and type the password of a keyring. */
export const PATIENCE_MS = 120_000;
