import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { build, type Rolldown } from 'vite';
import config from '../../build/electron.vite.config.ts';

type Output = Rolldown.RolldownOutput['output'][number];

/** Everything that the page is made of, as `npm run build:app` makes it. */
let outputs: readonly Output[];
beforeAll(async () => {
  const { renderer } = config;
  const made = await build({
    ...renderer,
    configFile: false,
    base: './',
    logLevel: 'silent',
    build: { ...renderer?.build, write: false },
  });
  outputs = [made].flat().flatMap((each) => ('output' in each ? each.output : []));
}, 120_000);

const chunks = () => outputs.filter((each) => each.type === 'chunk');

/** What is loaded before anything is asked for: the entry with its static imports, and the styles. */
function firstBundle(): readonly Output[] {
  const wanted = new Set(chunks().flatMap((chunk) => (chunk.isEntry ? [chunk.fileName] : [])));
  for (const name of wanted) {
    for (const each of chunks().find(({ fileName }) => fileName === name)?.imports ?? []) wanted.add(each);
  }
  return outputs.filter(({ fileName }) => wanted.has(fileName) || fileName.endsWith('.css'));
}

const textOf = (each: Output): string => (each.type === 'chunk' ? each.code : String(each.source));

test('the first bundle weighs 300 kB at most, compressed', () => {
  const weight = firstBundle().reduce((sum, each) => sum + gzipSync(textOf(each)).length, 0);
  expect(weight).toBeGreaterThan(20_000);
  expect(weight).toBeLessThanOrEqual(300_000);
});

test('the dictionaries are in chunks of their own, which wait until they are asked for', () => {
  const first = firstBundle();
  const holding = chunks().filter(({ code }) => code.includes('passwords-common'));
  expect(holding.length).toBeGreaterThan(0);
  expect(holding.filter((chunk) => first.includes(chunk))).toEqual([]);
  expect(first.some((each) => textOf(each).includes('iloveyou'))).toBe(false);
});
