/** Something that takes a while and is wanted soon: begun early once, and made anew each time after that. */
export class FirstLook<T> {
  readonly #look: () => Promise<T>;
  #ahead: Promise<T> | undefined;

  constructor(look: () => Promise<T>) {
    this.#look = look;
  }

  /** Looks already; what goes wrong is told to whoever asks. */
  begin(): void {
    this.#ahead ??= this.#look();
    this.#ahead.catch(() => undefined);
  }

  /** What the early look saw, to whoever asks first; a fresh look to everybody else. */
  take(): Promise<T> {
    const begun = this.#ahead;
    this.#ahead = undefined;
    return begun ?? this.#look();
  }
}
