import { type ChildProcess, spawn } from 'node:child_process';
import { pbkdf2Sync } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../lab/program.ts';
import type { Display } from './display.ts';

/** Where the accounts of a profile receive and send; all on loopback, without TLS. */
export interface Ports {
  readonly imap: number;
  readonly pop3: number;
  readonly smtp: number;
}

/** Account `n` reads as `reader<n>` and sends as `sender<n>`; even numbers read by POP3, odd ones by IMAP. */
const account = (n: number, ports: Ports): string =>
  [
    `[Account: ${n}]`,
    'config_version=4',
    `account_name=account ${n}`,
    `address=reader${n}@example.org`,
    `protocol=${n % 2}`,
    'receive_server=127.0.0.1',
    'smtp_server=127.0.0.1',
    `user_id=reader${n}`,
    'receive_at_get_all=1',
    'use_smtp_auth=1',
    `smtp_user_id=sender${n}`,
    'ssl_pop=0',
    'ssl_imap=0',
    'ssl_smtp=0',
    'set_popport=1',
    `pop_port=${ports.pop3}`,
    'set_imapport=1',
    `imap_port=${ports.imap}`,
    'set_smtpport=1',
    `smtp_port=${ports.smtp}`,
    'imap_auth_method=1',
    'smtp_auth_method=16',
    '',
    '',
  ].join('\n');

const imapFolder = (n: number): string =>
  `<folder type="imap" name="account ${n}" account_id="${n}"><folderitem type="inbox" name="INBOX" path="INBOX"/></folder>`;

/** A message that waits to be sent by account `n`, as Claws Mail queues it. */
const queued = (n: number): string =>
  [
    `S:reader${n}@example.org`,
    'R:<somebody@example.org>',
    `MAID:${n}`,
    'X-Claws-End-Special-Headers: 1',
    'Date: Thu, 01 Jan 2026 00:00:00 +0000',
    `From: reader${n}@example.org`,
    'To: somebody@example.org',
    'Subject: test',
    '',
    'test',
    '',
  ].join('\n');

const SALT = Buffer.alloc(64, 5);

/** A home with a Claws Mail that has `count` accounts and no password yet. */
export function makeProfile(home: string, count: number, ports: Ports, primary?: string): void {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const write = (name: string, text: string): void => {
    const file = path.join(home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, text, { mode: 0o600 });
  };
  const common = [
    '[Common]',
    'config_version=4',
    `master_passphrase_salt=${SALT.toString('base64')}`,
    'master_passphrase_pbkdf2_rounds=1000',
    `use_master_passphrase=${primary === undefined ? 0 : 1}`,
    `master_passphrase=${primary === undefined ? '' : checkOf(primary)}`,
    '',
  ];
  const imap = numbers.filter((n) => n % 2 === 1).map(imapFolder);
  write('.claws-mail/clawsrc', common.join('\n'));
  write('.claws-mail/accountrc', numbers.map((n) => account(n, ports)).join(''));
  write(
    '.claws-mail/folderlist.xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<folderlist><folder type="mh" name="Mailbox" path="Mail"/>${imap.join('')}</folderlist>\n`,
  );
  for (const folder of ['inbox', 'sent', 'queue', 'draft', 'trash'])
    fs.mkdirSync(path.join(home, 'Mail', folder), { recursive: true });
  for (const n of numbers) write(`Mail/queue/${n}`, queued(n));
  fs.mkdirSync(path.join(home, 'run'), { mode: 0o700 });
}

const checkOf = (primary: string): string =>
  `{PBKDF2-HMAC-SHA1,1000}${pbkdf2Sync(primary, SALT, 1000, 64, 'sha1').toString('base64')}`;

/** A Claws Mail with its window open. */
export interface Claws extends AsyncDisposable {
  /** Asks the running program to do something, as a second call of it does. */
  tell(...args: readonly string[]): Promise<void>;
  /** Types into the window of this name. */
  type(title: string, text: string): Promise<void>;
  /** Ends it as a session does that ends; it writes its settings. */
  quit(): Promise<void>;
  kill(): Promise<void>;
}

export function startClaws(home: string, display: Display, ...args: readonly string[]): Claws {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    LANG: 'C.UTF-8',
    XDG_RUNTIME_DIR: path.join(home, 'run'),
    DISPLAY: display.name,
    NO_AT_BRIDGE: '1',
  };
  const child = spawn('claws-mail', args, { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    tell: async (...more) => void (await run('claws-mail', more, { env })),
    async type(title, text) {
      const found = [
        'search',
        '--sync',
        '--name',
        title,
        'windowfocus',
        '--sync',
        'type',
        '--delay',
        '0',
        text,
      ];
      await run('xdotool', found, { env });
      await run('xdotool', ['key', 'Return'], { env });
    },
    quit: () => end(child, ended, 'SIGTERM'),
    kill: () => end(child, ended, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, ended, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
}
