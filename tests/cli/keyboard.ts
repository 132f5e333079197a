import type { Keyboard } from '../../electron/cli/terminal.ts';

/** A keyboard whose keys are pressed as soon as somebody listens; remembers what was shown and what was handed out. */
export class TypedKeys implements Keyboard {
  shown = '';
  listening = false;
  readonly #chunks: Buffer[];
  readonly #given: Buffer[] = [];

  constructor(...chunks: readonly string[]) {
    this.#chunks = chunks.map((text) => Buffer.from(text));
  }

  write(text: string): void {
    this.shown += text;
  }

  listen(take: (chunk: Buffer) => void): { stop(): void } {
    this.listening = true;
    queueMicrotask(() => {
      while (this.listening) {
        const chunk = this.#chunks.shift();
        if (!chunk) return;
        this.#given.push(chunk);
        take(chunk);
      }
    });
    return { stop: () => void (this.listening = false) };
  }

  /** True when every chunk that was handed out has been overwritten. */
  get erased(): boolean {
    return this.#given.every((chunk) => chunk.every((byte) => byte === 0));
  }
}
