import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../shared/model.ts';
import { geary } from '../../electron/stores/geary.ts';
import { openMachine } from '../../electron/system/machine.ts';
import { SecretServiceDoor } from '../../electron/system/secret-service-door.ts';
import { SecretService } from '../../electron/system/secret-service.ts';
import { SessionBus } from '../../electron/system/session-bus.ts';
import { startImapServer } from '../doubles/imap-server.ts';
import { startSession, type Session } from '../doubles/session.ts';
import { samplePasswords } from '../formats/passwords.ts';
import { findAll } from '../stores/fixture.ts';

const LOGIN = 'jane@example.org';
const CONFIG = (port: number): string => `[Metadata]
version=1
status=enabled

[Account]
ordinal=1
label=Work
sender_mailboxes=Jane <${LOGIN}>;
service_provider=other

[Incoming]
login=${LOGIN}
remember_password=true
host=127.0.0.1
port=${port}
transport_security=none
credentials=custom

[Outgoing]
remember_password=true
host=127.0.0.1
port=1
transport_security=none
credentials=use-incoming
`;

let session: Session;
let screen: ChildProcess;
let display: string;
let service: SecretService;

beforeEach(async () => {
  session = await startSession();
  service = new SecretService(new SessionBus(session.address));
  const args = ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'];
  screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = screen.stdio[3];
  if (!number) throw new Error('Xvfb tells no display');
  const [told] = (await once(number, 'data')) as [Buffer];
  display = `:${told.toString().trim()}`;
});
afterEach(async () => {
  await service.close();
  const ended = once(screen, 'exit');
  screen.kill();
  await ended;
  await session.stop();
});

/** The password with which Geary comes to its server when it starts. */
async function signsInWith(come: Promise<string>): Promise<string> {
  const desktop = { DISPLAY: display, NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory', GDK_BACKEND: 'x11' };
  const program = spawn('geary', [], { env: { ...session.env, ...desktop }, stdio: 'ignore' });
  const ended = once(program, 'exit');
  try {
    return await come;
  } finally {
    program.kill('SIGKILL');
    await ended;
  }
}

async function gearysEntry(): Promise<Entry> {
  const environment = { XDG_CONFIG_HOME: session.env['XDG_CONFIG_HOME'] };
  const keyring = service.search.bind(service);
  const machine = openMachine({ home: session.home, confined: false, environment, keyring });
  const { entries } = await findAll(geary, machine);
  const entry = entries.find(({ protocols }) => protocols.includes('imap'));
  if (!entry) throw new Error('Geary was not found');
  return entry;
}

const ITEM = { proto: 'IMAP', host: '127.0.0.1', login: LOGIN, 'xdg:schema': 'org.gnome.Geary' };

test.each(['old', undefined])(
  'Geary signs in with the item that Rekey wrote over %s',
  { timeout: 60_000 },
  async (old) => {
    const come = Promise.withResolvers<string>();
    const server = await startImapServer({
      tls: 'none',
      login: (_user, password) => {
        come.resolve(password);
        return 'OK done';
      },
    });
    const folder = path.join(session.env['XDG_CONFIG_HOME'] ?? '', 'geary', 'account_01');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'geary.ini'), CONFIG(server.port));
    if (old !== undefined)
      session.run(
        'secret-tool',
        ['store', '--label=Geary IMAP password', ...Object.entries(ITEM).flat()],
        old,
      );
    const entry = await gearysEntry();
    expect([entry.stored, entry.addable]).toEqual(
      old === undefined ? ['missing', true] : [undefined, undefined],
    );
    const [password = ''] = samplePasswords(1);
    const done = await new SecretServiceDoor(service).commit({
      run: 'run',
      place: entry.place,
      method: 'api',
      before: old === undefined ? undefined : Buffer.from(old),
      after: Buffer.from(password),
    });
    expect(done).toMatchObject({ ok: true });
    expect(await signsInWith(come.promise)).toBe(password);
    await server.stop();
  },
);
