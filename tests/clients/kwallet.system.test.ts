import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { KdeSession } from '../doubles/kde-session.ts';
import { rekey, type Rekeyed } from './rekey.ts';

const ANNA = 'anna@example.org';
const NASTY = String.raw`new " ' \ # $& % ; é 1`;
const IMAP = ['imap', 'akonadi_imap_resource_0rc'] as const;
const SMTP = ['mailtransports', '1178295443'] as const;

let session: KdeSession;
beforeAll(async () => {
  session = await KdeSession.start();
  write(IMAP[1], `[network]\nImapServer=imap.example.org\nUserName=${ANNA}\n`);
  write(
    'mailtransports',
    `[Transport ${SMTP[1]}]\nid=${SMTP[1]}\nauth=true\nstorepass=true\nhost=smtp.example.org\nuser=${ANNA}\n`,
  );
  await session.put(...IMAP, 'old');
  return () => session.stop();
});

function write(name: string, text: string): void {
  fs.writeFileSync(path.join(session.env['XDG_CONFIG_HOME'] ?? '', name), text, { mode: 0o600 });
}

const run = (...args: readonly string[]): Promise<Rekeyed> =>
  rekey(args, { input: `${NASTY}\n`, env: { ...session.env, XDG_CURRENT_DESKTOP: 'KDE' } });

const apply = (...more: readonly string[]): Promise<Rekeyed> =>
  run('apply', '--account', ANNA, '--without-check', '--password-stdin', '--yes', ...more);

const told = ({ result }: Rekeyed): readonly (readonly (string | undefined)[])[] =>
  result.targets.map(({ where, outcome, reason }) => [where, outcome, reason?.kind]);

const held = async () => [await session.value(...IMAP), await session.value(...SMTP)];

// one story: each test goes on where the one before it ended
describe('a password in the real KWallet, by the command line', { timeout: 60_000 }, () => {
  const inbox = `kdewallet/${IMAP.join('/')}`;
  const outbox = `kdewallet/${SMTP.join('/')}`;

  test('is left for later while the wallet is closed, and nobody is asked', async () => {
    await session.closeWallet();
    const done = await apply('--add-missing');
    expect(told(done)).toEqual([
      [outbox, 'deferred', 'keyring-locked'],
      [inbox, 'deferred', 'keyring-locked'],
    ]);
    expect(done.code).toBe(7);
    await session.openWallet();
  });

  test('is changed where it is and added where it is not', async () => {
    const done = await apply('--add-missing');
    expect(told(done)).toEqual([
      [outbox, 'written', undefined],
      [inbox, 'written', undefined],
    ]);
    expect(done.code).toBe(0);
    expect(done.said).not.toContain(NASTY);
    expect(await held()).toEqual([NASTY, NASTY]);
  });

  test('comes back with undo, and what was added goes', async () => {
    const done = await run('undo');
    expect(done.code).toBe(0);
    expect(await held()).toEqual(['old', undefined]);
  });

  test('is on the disk: the daemon finds it after it was closed', async () => {
    await apply('--add-missing');
    await session.closeWallet();
    await session.openWallet();
    expect(await held()).toEqual([NASTY, NASTY]);
  });
});
