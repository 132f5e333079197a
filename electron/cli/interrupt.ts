/** Ctrl-C, or a request to end: at once where nothing can be left half done, else after the place in hand. */
export class Interrupt {
  /** Fulfilled when the program may leave at once. */
  readonly left: Promise<void>;
  readonly #controller = new AbortController();
  readonly #tell: (again: boolean) => void;
  #leave: () => void = () => undefined;
  #guarded = false;

  /** `tell` lets the person know that the wish was heard; `again` is true from the second time on. */
  constructor(tell: (again: boolean) => void) {
    this.#tell = tell;
    this.left = new Promise((resolve) => (this.#leave = resolve));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  press(): void {
    const again = this.signal.aborted;
    this.#controller.abort();
    if (this.#guarded) this.#tell(again);
    else this.#leave();
  }

  /** While `work` runs, an interrupt only asks it to stop, however often it comes. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    this.#guarded = true;
    try {
      return await work();
    } finally {
      this.#guarded = false;
    }
  }
}
