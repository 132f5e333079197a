import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const PROJECT = path.join(import.meta.dirname, '../..');

const lines = (n: number, line: (index: number) => string): string =>
  Array.from({ length: n }, (_, index) => `${line(index)}\n`).join('');
const constants = (n: number): string => lines(n, (index) => `export const n${index} = ${index};`);
const functionOf = (n: number): string =>
  `export function sum(): number {\n  let n = 0;\n${lines(n - 4, () => '  n += 1;')}  return n;\n}\n`;

/** A file that breaks a rule, and the rule. */
const BROKEN: Readonly<Record<string, readonly [source: string, rule: string]>> = {
  'shared/long.ts': [constants(401), 'eslint(max-lines)'],
  'electron/main.ts': [constants(201), 'eslint(max-lines)'],
  'electron/cli.ts': [constants(201), 'eslint(max-lines)'],
  'renderer/app.tsx': [constants(201), 'eslint(max-lines)'],
  'electron/engine/apply.ts': [constants(201), 'eslint(max-lines)'],
  'shared/function.ts': [functionOf(61), 'eslint(max-lines-per-function)'],
  'electron/engine/console.ts': ["console.log('done');\n", 'eslint(no-console)'],
  'shared/any.ts': ['export const first = (list: any): unknown => list;\n', 'typescript(no-explicit-any)'],
  'shared/default.ts': ['export default 1;\n', 'import(no-default-export)'],
  'shared/floating.ts': [
    'const wait = async (): Promise<void> => undefined;\nexport function forget(): void {\n  wait();\n}\n',
    'typescript(no-floating-promises)',
  ],
};

/** Files that come as close as is allowed. */
const SOUND: Readonly<Record<string, string>> = {
  'shared/full.ts': constants(400),
  'shared/full-function.ts': functionOf(60),
  'electron/engine/plan.ts': constants(201),
  'electron/cli/show.ts': "console.log('done');\n",
};

const REPORT = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

let complaints: ReadonlyMap<string, readonly string[]>;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-lint-'));
  fs.copyFileSync(path.join(PROJECT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, types: [] } }));
  for (const [name, [source]] of Object.entries(BROKEN)) write(name, source);
  for (const [name, source] of Object.entries(SOUND)) write(name, source);
  complaints = lint();
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(name: string, source: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), source);
}

/** The broken rules of each file. */
function lint(): ReadonlyMap<string, readonly string[]> {
  const program = path.join(PROJECT, 'node_modules/oxlint/bin/oxlint');
  const args = [program, '--type-aware', '--format', 'json'];
  // the type-aware rules are a program of their own, looked for beside the folder and in the path
  const PATH = [path.join(PROJECT, 'node_modules/.bin'), process.env['PATH']].join(path.delimiter);
  const env = { ...process.env, PATH };
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
  expect(status).toBe(1);
  const { diagnostics } = REPORT.parse(JSON.parse(stdout));
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename.replaceAll('\\', '/'));
  return new Map([...byFile].map(([name, found]) => [name, found.map(({ code }) => code)]));
}

test.each(Object.entries(BROKEN))('%s is refused', (name, [, rule]) => {
  expect(complaints.get(name)).toEqual([rule]);
});

test.each(Object.keys(SOUND))('%s is allowed', (name) => {
  expect(complaints.get(name)).toBeUndefined();
});
