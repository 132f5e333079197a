import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LENSES } from '../../electron/formats/index.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { onlineAccountsStore } from '../../electron/stores/online-accounts.ts';
import { openKeyrings } from '../../electron/system/keyrings.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { startImapServer } from '../doubles/imap-server.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { findAll } from '../stores/fixture.ts';

const ID = 'account_1700000000_0';
const account = (port: number): string => `[Account ${ID}]
Provider=imap_smtp
Identity=jane@example.org
PresentationIdentity=jane@example.org
Enabled=true
EmailAddress=jane@example.org
ImapHost=127.0.0.1:${port}
ImapUserName=jane
ImapUseSsl=false
ImapUseTls=false
SmtpUseAuth=false
`;

let session: Session;
let daemon: ChildProcess;
beforeEach(async () => {
  session = await startSession();
});
afterEach(async () => {
  const ended = once(daemon, 'exit');
  daemon.kill();
  await ended;
  await session.stop();
});

test(
  'GNOME signs in with the password that Rekey wrote, as soon as it is told',
  { timeout: 60_000 },
  async () => {
    const sent: string[] = [];
    const server = await startImapServer({
      tls: 'none',
      login: (user, password) => {
        sent.push(user, password);
        return 'OK done';
      },
    });
    const config = session.env['XDG_CONFIG_HOME'] ?? '';
    fs.mkdirSync(path.join(config, 'goa-1.0'), { recursive: true });
    fs.writeFileSync(path.join(config, 'goa-1.0', 'accounts.conf'), account(server.port));
    const item = ['xdg:schema', 'org.gnome.OnlineAccounts', 'goa-identity', `imap_smtp:gen0:${ID}`];
    session.run('secret-tool', ['store', '--label=GOA', ...item], "{'imap-password': <'old'>}");
    const keyrings = openKeyrings({ DBUS_SESSION_BUS_ADDRESS: session.address });
    const machine = openMachine({
      home: session.home,
      confined: false,
      environment: { XDG_CONFIG_HOME: config },
      keyring: (wanted) => keyrings.search(wanted),
      bus: { names: () => keyrings.busNames(), call: (method) => keyrings.callBus(method) },
    });
    const [entry] = (await findAll(onlineAccountsStore, machine)).entries;
    if (!entry) throw new Error('no account was found');
    const [password = ''] = samplePasswords(1);
    const door = keyrings.secretService;
    const before = await door.read(entry.place);
    const lens = LENSES.find(({ id }) => id === entry.lens);
    if (!before.ok || !lens) throw new Error('the item was not read');
    const using = { now: new Date(0), random: (n: number) => Buffer.alloc(n) };
    const after = lens.put(before.value, entry.slot, Secret.fromText(password), using);
    if (!after.ok) throw new Error(after.problem.kind);
    const change = {
      run: 'run',
      place: entry.place,
      method: 'api' as const,
      before: before.value,
      after: after.value,
    };
    expect(await door.commit(change)).toMatchObject({ ok: true });
    const env = { ...session.env, GSETTINGS_BACKEND: 'memory' };
    daemon = spawn('/usr/libexec/goa-daemon', [], { env, stdio: 'ignore' });
    await session.taken('org.gnome.OnlineAccounts');
    expect(await onlineAccountsStore.after?.(machine, entry.place, 'new')).toEqual({
      ok: true,
      value: undefined,
    });
    expect(sent).toEqual(['jane', password]);
    await keyrings.close();
    await server.stop();
  },
);
