import { Secret } from '../engine/secret.ts';

/** The passwords of a manifest, taken out of its JSON before any parser makes text of them. */
export interface LiftedSecrets {
  password?: Secret;
  oldPassword?: Secret;
  readonly unlocks: Map<string, Secret>;
}

interface Level {
  readonly object: boolean;
  /** The key whose value comes next; undefined while a key is expected. */
  key: string | undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = 0x20;

/**
 * Walks JSON bytes, hands out the strings at `password`, `oldPassword` and `unlocks.*` as secrets, and blanks them
 * in place. A parser that reads the rest, and any error it quotes, then knows no password. What is not JSON is
 * walked as far as it makes sense; refusing it is the parser's business.
 */
export function liftSecrets(json: Buffer): LiftedSecrets {
  const lifted: LiftedSecrets = { unlocks: new Map() };
  const levels: Level[] = [];
  for (let at = 0; at < json.length; at++) {
    const level = levels.at(-1);
    const character = String.fromCharCode(json[at] ?? 0);
    if (character === '{' || character === '[') levels.push({ object: character === '{', key: undefined });
    else if (character === '}' || character === ']') levels.pop();
    else if (character === ',' && level) level.key = undefined;
    else if (character === '"') {
      const end = endOfString(json, at + 1);
      const content = json.subarray(at + 1, end);
      if (level?.object && level.key === undefined) level.key = unescape(content).toString('utf8');
      else lift(lifted, levels, content);
      at = end;
    }
  }
  return lifted;
}

/** Erases what was taken and is not needed after all. */
export function disposeLifted({ password, oldPassword, unlocks }: LiftedSecrets): void {
  for (const secret of [password, oldPassword, ...unlocks.values()]) secret?.dispose();
}

function lift(lifted: LiftedSecrets, levels: readonly Level[], content: Buffer): void {
  if (!levels.every(({ object }) => object)) return;
  const [name, where, ...deeper] = levels.map(({ key }) => key);
  if (deeper.length > 0) return;
  if (name === 'unlocks' && where !== undefined) {
    lifted.unlocks.get(where)?.dispose();
    lifted.unlocks.set(where, take(content));
  } else if (where === undefined && (name === 'password' || name === 'oldPassword')) {
    lifted[name]?.dispose();
    lifted[name] = take(content);
  }
}

function take(content: Buffer): Secret {
  const secret = Secret.take(unescape(content));
  content.fill(BLANK);
  return secret;
}

function endOfString(json: Buffer, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, json.length);
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The UTF-8 bytes that a JSON string stands for (RFC 8259, section 7). */
function unescape(content: Buffer): Buffer {
  const bytes = Buffer.alloc(content.length);
  let length = 0;
  for (let at = 0; at < content.length; at++) {
    if (content[at] !== BACKSLASH) {
      bytes[length++] = content[at] ?? 0;
      continue;
    }
    const escape = readEscape(content, at + 1);
    length += bytes.write(escape.text, length, 'utf8');
    at += escape.length;
  }
  const exact = Buffer.from(bytes.subarray(0, length));
  bytes.fill(0);
  return exact;
}

/** One escape after its backslash; a surrogate pair is one character. */
function readEscape(content: Buffer, at: number): { text: string; length: number } {
  const letter = String.fromCharCode(content[at] ?? 0);
  if (letter !== 'u') return { text: SHORT_ESCAPES[letter] ?? letter, length: 1 };
  const first = codeUnit(content, at + 1);
  const isPair = (first & 0xfc00) === 0xd800 && content.toString('latin1', at + 5, at + 7) === '\\u';
  return isPair
    ? { text: String.fromCharCode(first, codeUnit(content, at + 7)), length: 11 }
    : { text: String.fromCharCode(first), length: 5 };
}

const codeUnit = (content: Buffer, at: number): number =>
  Number.parseInt(content.toString('latin1', at, at + 4), 16);
