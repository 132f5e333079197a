import path from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, trespasses } from '../../build/lint/rooms.ts';

const check = (file: string, source: string): readonly string[] =>
  trespasses(file, source, (from) => path.posix.join(path.posix.dirname(file), from));

test.each([
  ['shared/model.ts', "import { scan } from '../electron/engine/scan.ts';"],
  ['shared/model.ts', "import fs from 'node:fs';"],
  ['renderer/app.tsx', "import { Secret } from '../electron/engine/secret.ts';"],
  ['electron/formats/netrc.ts', "import { readFileSync } from 'node:fs';"],
  ['electron/formats/netrc.ts', "import type { Stats } from 'node:fs';"],
  ['electron/formats/netrc.ts', "import { scan } from '../engine/scan.ts';"],
  ['electron/engine/plan.ts', "import { msmtp } from '../stores/msmtp.ts';"],
  ['electron/engine/plan.ts', "import net from 'node:net';"],
  ['electron/stores/msmtp.ts', "import { disk } from '../system/disk.ts';"],
  ['electron/login/imap.ts', "import { disk } from '../system/disk.ts';"],
  ['electron/login/imap.ts', "import { spawn } from 'node:child_process';"],
  ['electron/system/disk.ts', "import { plan } from '../engine/plan.ts';"],
  ['electron/system/disk.ts', "const { ImapFlow } = await import('imapflow');"],
  ['electron/cli.ts', "import { app } from 'electron';"],
  ['electron/cli/table.ts', "import { netrc } from '../formats/netrc.ts';"],
  ['electron/preload.ts', "import { ipc } from './ipc.ts';"],
])('%s may not contain: %s', (file, source) => {
  expect(check(file, source)).toHaveLength(1);
});

test.each([
  ['electron/engine/plan.ts', "import type { Store } from '../stores/index.ts';"],
  ['electron/engine/values.ts', "import { LENSES } from '../formats/index.ts';"],
  [
    'electron/stores/msmtp.ts',
    "import { ok } from '../../shared/problem.ts';\nimport { join } from 'node:path';",
  ],
  ['electron/system/disk.ts', "import fs from 'node:fs';"],
  ['electron/login/imap.ts', "const { ImapFlow } = await import('imapflow');"],
  ['electron/cli.ts', "import { STORES } from './stores/index.ts';"],
])('%s may contain: %s', (file, source) => {
  expect(check(file, source)).toEqual([]);
});

test('every way of importing is seen', () => {
  const source = [
    "import a from 'one';",
    "import type { B } from 'two';",
    "export { c } from 'three';",
    "import 'four';",
    "const five = await import('five');",
    "const six = createRequire(import.meta.url)('six');",
    "import {\n  seven,\n} from 'seven';",
  ].join('\n');
  expect(importsOf(source).map(({ from }) => from)).toEqual([
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
  ]);
});
