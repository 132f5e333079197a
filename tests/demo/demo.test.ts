import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../lab/program.ts';

const DEMO = path.join(import.meta.dirname, '../../build/demo/demo.ts');

async function demo(...args: readonly string[]) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-demo-test-'));
  try {
    const env = { PATH: process.env['PATH'], TMPDIR: folder };
    const ran = await run(process.execPath, [DEMO, ...args], { env });
    return { ...ran, left: fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test.concurrent('the demo verifies every line that it marks, and leaves no scratch home', async () => {
  const { code, out, left } = await demo();
  expect(out).not.toContain('NOT TRUE');
  expect(out.match(/✓/g)).toHaveLength(10);
  expect(out).toContain('1 attempt used, nothing changed');
  expect(out).toContain('Every byte as before');
  expect(code).toBe(0);
  expect(left.filter((name) => name.startsWith('rekey-demo-'))).toEqual([]);
});

test.concurrent('the demo keeps its scratch home when asked', async () => {
  const { out, left } = await demo('--keep');
  const [, kept = ''] = /The scratch home is kept: (.*)/.exec(out) ?? [];
  expect(left).toContain(path.join(path.basename(kept), 'home', '.msmtprc'));
});
