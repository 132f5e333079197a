import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A password in memory that cannot be printed, serialised or cloned, and whose bytes are zeroed on dispose.
 * Text handed out by `use` is a JavaScript string: it cannot be erased, so it is made only where a library needs it.
 */
export class Secret implements Disposable {
  #bytes: Buffer;
  /** A function property makes a structured clone (IPC, worker) throw instead of sending an empty object. */
  readonly sealed = (): string => MASK;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Takes the UTF-8 bytes over: the caller's buffer is zeroed. */
  static take(bytes: Buffer): Secret {
    const own = Buffer.alloc(bytes.length);
    bytes.copy(own);
    bytes.fill(0);
    return new Secret(own);
  }

  static fromText(text: string): Secret {
    return new Secret(Buffer.from(text, 'utf8'));
  }

  /** Lends the UTF-8 bytes; the callee must not keep them. */
  use<T>(borrow: (bytes: Buffer) => T): T {
    return borrow(this.#bytes);
  }

  /** Lends the text, for libraries that only take strings. */
  useText<T>(borrow: (text: string) => T): T {
    return borrow(this.#bytes.toString('utf8'));
  }

  equals(other: Secret): boolean {
    return other.use(
      (theirs) => theirs.length === this.#bytes.length && timingSafeEqual(theirs, this.#bytes),
    );
  }

  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  copy(): Secret {
    return new Secret(Buffer.from(this.#bytes));
  }

  dispose(): void {
    this.#bytes.fill(0);
    this.#bytes = Buffer.alloc(0);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
