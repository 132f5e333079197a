import { fail, ok, type Result } from '../../shared/problem.ts';
import { Secret } from '../engine/secret.ts';
import type { Keyboard } from './terminal.ts';

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const BACKSPACE = 0x08;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const CTRL_U = 0x15;
const ESCAPE = 0x1b;
const DELETE = 0x7f;

/** Longer than any password a mail server takes; typing beyond it is ignored. */
const LIMIT = 4096;

/**
 * Asks for a password without echoing anything, not even its length. Backspace takes one character back, Ctrl-U all
 * of them. Problem: `cancelled` for Ctrl-C, and for Ctrl-D before anything was typed.
 */
export function askSecret(keyboard: Keyboard, question: string): Promise<Result<Secret>> {
  const typed = new TypedLine();
  return ask(keyboard, question, (byte) => {
    if (byte === CTRL_C || (byte === CTRL_D && typed.isEmpty)) {
      typed.clear();
      return fail('cancelled');
    }
    if (byte === RETURN || byte === LINE_FEED || byte === CTRL_D) return ok(typed.take());
    typed.press(byte);
    return undefined;
  });
}

/** Asks for one key; anything but a key of `yes` means no. Problem: `cancelled` for Ctrl-C. */
export function askYes(keyboard: Keyboard, question: string, yes: string): Promise<Result<boolean>> {
  return ask(keyboard, question, (byte) => {
    if (byte === CTRL_C) return fail('cancelled');
    return ok(yes.includes(String.fromCharCode(byte).toLowerCase()));
  });
}

/** Feeds key bytes to `press` until it answers; what came after the answer in the same chunk is erased unread. */
function ask<T>(keyboard: Keyboard, question: string, press: (byte: number) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const listening = keyboard.listen((chunk) => {
      for (const byte of chunk) {
        const answer = press(byte);
        if (answer === undefined) continue;
        listening.stop();
        keyboard.write('\n');
        resolve(answer);
        break;
      }
      chunk.fill(0);
    });
    // Asked only now that the terminal no longer echoes: a fast answer would be seen.
    keyboard.write(question);
  });
}

/** The bytes typed so far, in one buffer that is erased when they are taken. */
class TypedLine {
  readonly #bytes = Buffer.alloc(LIMIT);
  #length = 0;
  #escape: 'none' | 'started' | 'sequence' = 'none';

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  press(byte: number): void {
    if (this.#isEscape(byte)) return;
    if (byte === BACKSPACE || byte === DELETE) this.#dropCharacter();
    else if (byte === CTRL_U) this.clear();
    else if (this.#length < LIMIT) this.#bytes[this.#length++] = byte;
  }

  take(): Secret {
    const secret = Secret.take(Buffer.from(this.#bytes.subarray(0, this.#length)));
    this.clear();
    return secret;
  }

  clear(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }

  /** Arrow and function keys arrive as ESC [ ... letter (ECMA-48, 5.4) and are no part of a password. */
  #isEscape(byte: number): boolean {
    if (this.#escape === 'none') {
      if (byte !== ESCAPE) return false;
      this.#escape = 'started';
    } else if (this.#escape === 'started') {
      this.#escape = byte === 0x5b || byte === 0x4f ? 'sequence' : 'none';
    } else if (byte >= 0x40 && byte <= 0x7e) {
      this.#escape = 'none';
    }
    return true;
  }

  /** Takes back one UTF-8 character: its continuation bytes (10xxxxxx) and its first byte. */
  #dropCharacter(): void {
    let removed = 0x80;
    while (this.#length > 0 && (removed & 0xc0) === 0x80) {
      this.#length -= 1;
      removed = this.#bytes[this.#length] ?? 0;
      this.#bytes[this.#length] = 0;
    }
  }
}
