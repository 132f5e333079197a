import { describe, expect, test } from 'vitest';
import { askSecret, askYes } from '../../electron/cli/prompt.ts';
import { TypedKeys } from './keyboard.ts';

async function typed(...chunks: string[]): Promise<string | undefined> {
  const keys = new TypedKeys(...chunks);
  const secret = await askSecret(keys, 'Password: ');
  expect(keys.erased).toBe(true);
  expect(keys.listening).toBe(false);
  expect(keys.shown).toBe('Password: \n');
  if (secret.ok) return secret.value.useText((text) => text);
  expect(secret.problem.kind).toBe('cancelled');
  return undefined;
}

describe('a password at the terminal', () => {
  test.each([
    ['ends at return', ['hunter2\r'], 'hunter2'],
    ['ends at line feed', ['hunter2\n'], 'hunter2'],
    ['may come key by key', ['h', 'u', 'n', '\r'], 'hun'],
    ['keeps every blank', [' a b \r'], ' a b '],
    ['may be typed in any script', ['päß€🔑\r'], 'päß€🔑'],
    ['loses one character to backspace', ['abc\x7f\x08x\r'], 'ax'],
    ['loses a whole character of several bytes', ['a€🔑\x7f\x7fb\r'], 'ab'],
    ['starts again after Ctrl-U', ['wrong\x15right\r'], 'right'],
    ['survives backspace at its start', ['\x7f\x7fa\r'], 'a'],
    ['ignores arrow keys', ['a\x1b[Db\x1bOP\x1b[1;5Cc\r'], 'abc'],
    ['ignores what is pasted after return', ['abc\rdef'], 'abc'],
    ['may be empty', ['\r'], ''],
    ['ends at Ctrl-D', ['abc\x04'], 'abc'],
    ['is cancelled by Ctrl-C', ['abc\x03'], undefined],
    ['is cancelled by Ctrl-D at its start', ['\x04'], undefined],
  ])('%s', async (_, chunks, expected) => {
    expect(await typed(...chunks)).toBe(expected);
  });
});

describe('a question', () => {
  test.each([
    ['y', true],
    ['Y', true],
    ['n', false],
    ['\r', false],
    ['\x1b', false],
  ])('%j means %s', async (key, answer) => {
    expect(await askYes(new TypedKeys(key), 'Go? ', 'y')).toEqual({ ok: true, value: answer });
  });

  test('Ctrl-C cancels', async () => {
    expect(await askYes(new TypedKeys('\x03'), 'Go? ', 'y')).toMatchObject({
      problem: { kind: 'cancelled' },
    });
  });
});
