import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKeyFile } from '../../electron/formats/key-file.ts';
import { askGnome } from '../clients/gnome.ts';

const word = fc
  .array(fc.constantFrom(...'aZ9.@_- \t=#;[]\\\\sntrq"\'\v\f', 'é', '\u00a0'), { maxLength: 9 })
  .map((parts) => parts.join(''));

const line = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom('[a]', '[b]', '[a b] ', ' [c]', '[]', '[a[]', '[a]#', '', '#', ' # x'),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('k', 'key', ' k ', 'k[de]', 'k k'), word)
      .map(([key, value]) => `${key}=${value}`),
  },
  { weight: 1, arbitrary: word },
);

const text = fc
  .tuple(
    fc.constantFrom('', '[a]\n', '#\n[a]\r\n', '\ufeff[a]\n'),
    fc.array(line, { maxLength: 5 }),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([start, lines, end]) => start + lines.join(end));

/** Groups and their values as GLib gives them; null for a value that it refuses, and for a file that it does not load. */
function read(given: string, like: unknown): unknown {
  const file = readKeyFile(Buffer.from(given));
  if (!file.ok) return null;
  const keys = (group: string): readonly string[] =>
    Object.keys((like as Record<string, Record<string, string>> | null)?.[group] ?? {});
  return Object.fromEntries(
    file.value.groups.map((group) => [
      group,
      Object.fromEntries(keys(group).map((key) => [key, file.value.text(group, key) ?? null])),
    ]),
  );
}

test('GLib reads the same groups, keys and values', () => {
  const texts = fc.sample(text, { numRuns: Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000), seed: 4 });
  const theirs = askGnome(texts.map((each) => ({ do: 'key-file' as const, text: each })));
  let loaded = 0;
  for (const [index, each] of texts.entries()) {
    expect(read(each, theirs[index]), JSON.stringify(each)).toEqual(theirs[index]);
    loaded += theirs[index] === null ? 0 : 1;
  }
  expect(loaded).toBeGreaterThan(texts.length / 4);
});
