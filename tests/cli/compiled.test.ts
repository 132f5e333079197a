import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';

const BUILT = path.join(import.meta.dirname, '../../dist/cli');

test('every chunk of the command line has compiled code that this Node takes', () => {
  const chunks = fs.readdirSync(BUILT).filter((name) => name.endsWith('.cjs'));
  const refused = chunks.filter((name) => {
    const code = Module.wrap(fs.readFileSync(path.join(BUILT, name), 'utf8'));
    const cachedData = fs.readFileSync(path.join(BUILT, `${name}.cache`));
    return new Script(code, { filename: name, cachedData }).cachedDataRejected !== false;
  });
  expect(chunks).toContain('cli.cjs');
  expect(refused).toEqual([]);
});

test('no chunk needs an import that its loader does not have', () => {
  const chunks = fs.readdirSync(BUILT).filter((name) => name.endsWith('.cjs'));
  const importing = chunks.filter((name) =>
    /\bawait import\(|\bimport\("/.test(fs.readFileSync(path.join(BUILT, name), 'utf8')),
  );
  expect(importing).toEqual([]);
});
