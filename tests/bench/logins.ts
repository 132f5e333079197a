import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openLogin } from '../../electron/login/login.ts';
import type { Endpoint } from '../../shared/model.ts';
import { quietRun, secret } from '../doubles/engine.ts';
import { startMailServer } from '../doubles/mail-server.ts';
import { compared, ms, type Budget } from './measure.ts';

const LOGIN = 'alex@example.org';
const PASSWORD = 'bench-Pass-1';
const BATCH = 10;

/** One proven IMAP login after the other over TLS, against curl doing the same. */
export async function loginBudgets(): Promise<readonly Budget[]> {
  const server = await startMailServer({ users: { [LOGIN]: PASSWORD } });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-bench-'));
  const caFile = path.join(folder, 'ca.pem');
  fs.writeFileSync(caFile, server.caPem);
  const endpoint: Endpoint = {
    protocol: 'imap',
    host: 'localhost',
    port: server.imaps,
    tls: 'implicit',
    login: LOGIN,
  };
  const login = openLogin({ ca: [server.caPem] });
  const url = `imaps://localhost:${server.imaps}/`;
  try {
    const time = await compared(5, {
      curl: () =>
        times(BATCH, () => curl(['-s', '--cacert', caFile, '-K', '-', url], `user = "${LOGIN}:${PASSWORD}"`)),
      rekey: () => times(BATCH, () => check(login, endpoint)),
    });
    return [
      {
        name: 'logins per second',
        value: time.curl / time.rekey,
        limit: 1,
        of: "curl's",
        atLeast: true,
        detail: `${ms(time.rekey / BATCH)} : ${ms(time.curl / BATCH)} a login`,
      },
    ];
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true });
  }
}

async function check(login: ReturnType<typeof openLogin>, endpoint: Endpoint): Promise<void> {
  const { result } = await login.check(endpoint, secret(PASSWORD), quietRun());
  if (result !== 'accepted') throw new Error(result.kind);
}

async function times(count: number, act: () => Promise<void>): Promise<void> {
  for (let n = 0; n < count; n += 1) await act();
}

function curl(args: readonly string[], config: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('curl', args, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`curl: ${code}`))));
    child.stdin.end(config);
  });
}
