import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startSession, type Session } from '../doubles/session.ts';
import { makeKeyringHome, type KeyringItems } from '../lab/keyring-home.ts';
import type { ScratchHome } from '../lab/home.ts';
import { startLab, type Lab } from '../lab/lab.ts';
import { run } from '../lab/program.ts';
import { knock, urlOf } from '../lab/knock.ts';
import { askGnome, type GnomeSource } from './gnome.ts';
import { mbsyncLogsIn } from './mbsync.ts';
import { msmtpSends } from './msmtp.ts';
import { rekey, type Rekeyed } from './rekey.ts';
import { keyringPasswordWorks } from './secret-tool.ts';

const ALICE = 'alice@lab.test';
const OLD = 'old-Pass-1';
const NASTY = String.raw`new " ' \ # $& % ; & é 1`;

let lab: Lab;
let session: Session;
let home: ScratchHome & { readonly items: KeyringItems };
beforeAll(async () => {
  lab = await startLab({ users: { [ALICE]: OLD } });
  return () => lab.stop();
});
beforeAll(async () => {
  session = await startSession();
  home = await makeKeyringHome(session, lab, { login: ALICE, password: OLD });
  addEvolution();
  return () => session.stop();
});

const EVOLUTION: GnomeSource = {
  uid: 'lab-imap',
  name: 'Lab',
  type: 'Mail Account',
  backend: 'imapx',
  user: ALICE,
  method: 'PLAIN',
};

/** An account as Evolution keeps it: the source and the item are its own library's. */
function addEvolution(): void {
  const source = { ...EVOLUTION, host: lab.addresses.good };
  const [made, stored] = askGnome(
    [
      { do: 'source', source },
      { do: 'store', source, password: OLD },
    ],
    session.env,
  ) as [{ file: string }, boolean];
  if (!stored) throw new Error('the library stored nothing');
  const folder = path.join(session.env['XDG_CONFIG_HOME'] ?? '', 'evolution', 'sources');
  fs.mkdirSync(folder, { recursive: true });
  const text = made.file.replace('Port=0', `Port=${lab.ports.imaps}`);
  fs.writeFileSync(
    path.join(folder, 'lab-imap.source'),
    `${text}\n[Security]\nMethod=ssl-on-alternate-port\n`,
  );
}

/** Whether the server takes the password that Evolution's library finds. */
async function evolutionWorks(): Promise<boolean> {
  const [found] = askGnome([{ do: 'lookup', source: EVOLUTION }], session.env);
  const url = urlOf(lab.addresses.good, 'imaps', lab.ports);
  return typeof found === 'string' && (await knock(lab, url, ALICE, found)) === 'accepted';
}

const apply = (password: string): Promise<Rekeyed> =>
  rekey(['apply', '--account', ALICE, '--ca', lab.caFile, '--password-stdin', '--yes'], {
    input: `${password}\n`,
    env: home.environment,
  });

/** Which clients get in, or their message out, with what the keyring holds now. */
const working = async (): Promise<Record<string, boolean>> => ({
  'msmtp with passwordeval': await msmtpSends(home, lab, ALICE),
  'mbsync with PassCmd': await mbsyncLogsIn(home),
  "Evolution's library": await evolutionWorks(),
  "secret-tool on keytar's item": await keyringPasswordWorks(home, lab, ALICE, home.items.keytar),
});

const all = (value: boolean): Record<string, boolean> => ({
  'msmtp with passwordeval': value,
  'mbsync with PassCmd': value,
  "Evolution's library": value,
  "secret-tool on keytar's item": value,
});

/** Everything secret-tool tells of the items, but for the time they were last changed. */
async function items(): Promise<readonly string[]> {
  const shown = Object.values({ ...home.items, evolution: { 'e-source-uid': EVOLUTION.uid } }).map(
    async (item: Readonly<Record<string, string>>) => {
      const words = ['search', '--all', ...Object.entries(item).flat()];
      const { out, err } = await run('secret-tool', words, { env: home.environment });
      return [...out.split('\n'), ...err.split('\n')].filter((line) => !line.startsWith('modified ='));
    },
  );
  return (await Promise.all(shown)).map((lines) => lines.join('\n'));
}

const outcomes = ({ result }: Rekeyed): readonly string[] =>
  result.targets.map(({ outcome = 'none' }) => outcome);

// one story: each test goes on where the one before it ended
describe('a reset password in the keyring', { timeout: 60_000 }, () => {
  let before: readonly string[];

  test('locks every client out while Rekey has not run', async () => {
    before = await items();
    expect(await working()).toEqual(all(true));
    await lab.setPassword(ALICE, NASTY);
    expect(await working()).toEqual(all(false));
  });

  test('is written into the items as they are', async () => {
    const rekeyed = await apply(NASTY);
    expect(outcomes(rekeyed)).toEqual(['written', 'written', 'written', 'written']);
    expect(rekeyed).toMatchObject({ code: 0, result: { changed: true, failed: false } });
    expect(rekeyed.said).not.toContain(NASTY.slice(-12));
    expect(await items()).toEqual(before.map((text) => text.replace(OLD, () => NASTY)));
  });

  test('lets every client in', async () => {
    expect(await working()).toEqual(all(true));
  });

  test('is not written a second time', async () => {
    expect(await apply(NASTY)).toMatchObject({ code: 0, result: { changed: false } });
  });

  test('is taken back', async () => {
    const undone = await rekey(['undo'], { env: home.environment });
    expect(undone.code).toBe(0);
    expect(await items()).toEqual(before);
  });

  test('waits where the keyring is locked', async () => {
    await session.lock();
    const rekeyed = await apply(NASTY);
    expect(rekeyed).toMatchObject({ code: 7, result: { changed: false } });
    expect(new Set(outcomes(rekeyed))).toEqual(new Set(['deferred']));
  });
});
