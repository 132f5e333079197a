import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { curl } from '../../electron/stores/curl.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { findAll } from './fixture.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-included-'));
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

async function troubles(curlrc: string): Promise<readonly unknown[]> {
  fs.writeFileSync(path.join(home, '.curlrc'), curlrc);
  const machine = openMachine({ home, confined: true, environment: {} });
  return (await findAll(curl, machine)).troubles;
}

test('curl: another configuration file with a login in it is told, one without is not', async () => {
  const other = path.join(home, 'other');
  fs.writeFileSync(other, 'silent\n--user = anna:old\n');
  const told = [{ store: 'curl', problem: { kind: 'unsupported', subject: other } }];
  for (const line of [`config = "${other}"`, `--config ${other}`, `-sK${other}`])
    expect(await troubles(`${line}\n`)).toMatchObject(told);
  expect(await troubles('config = other\nconfig = /nonexistent/other\n')).toEqual([]);
  fs.writeFileSync(other, 'user-agent = x\nsilent\n');
  expect(await troubles(`config = ${other}\n`)).toEqual([]);
});
