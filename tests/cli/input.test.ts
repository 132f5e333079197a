import { describe, expect, test } from 'vitest';
import { readSecretLine } from '../../electron/cli/input.ts';

/** A stream that gives these pieces, remembers them, and never ends unless told so. */
async function* pieces(given: readonly Buffer[], end = true): AsyncGenerator<Buffer> {
  yield* given;
  if (!end) await new Promise(() => undefined);
}

const buffers = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

async function lineOf(...texts: string[]): Promise<string> {
  const given = buffers(...texts);
  const secret = await readSecretLine(pieces(given));
  expect(given.every((piece) => piece.every((byte) => byte === 0))).toBe(true);
  return secret.ok ? secret.value.useText((text) => text) : secret.problem.kind;
}

describe('a password on standard input', () => {
  test.each([
    ['ends at a line feed', ['hunter2\n'], 'hunter2'],
    ['or CR LF, as PowerShell sends', ['hunter2\r\n'], 'hunter2'],
    ['or at the end of input', ['hunter2'], 'hunter2'],
    ['may come in pieces', ['hun', 'ter', '2\n'], 'hunter2'],
    ['loses a byte order mark', ['\ufeffhunter2\n'], 'hunter2'],
    ['keeps blanks', [' a b \n'], ' a b '],
    ['cannot be empty', ['\n'], 'usage'],
    ['cannot be nothing', [], 'usage'],
    ['cannot have a second line', ['a\nb\n'], 'password-unusable'],
    ['cannot hold a carriage return', ['a\rb\n'], 'password-unusable'],
    ['cannot hold NUL', ['a\0b\n'], 'password-unusable'],
  ])('%s', async (_, texts, expected) => {
    expect(await lineOf(...texts)).toBe(expected);
  });

  test('must be UTF-8', async () => {
    const secret = await readSecretLine(pieces([Buffer.from([0x61, 0xe9, 0x0a])]));
    expect(secret).toMatchObject({ ok: false, problem: { kind: 'password-unusable' } });
  });

  test('is complete with its line, while the sender keeps the pipe open', async () => {
    const secret = await readSecretLine(pieces(buffers('hunter2\n'), false));
    expect(secret.ok && secret.value.useText((text) => text)).toBe('hunter2');
  });
});
