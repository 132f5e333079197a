import fs from 'node:fs';
import path from 'node:path';
import { AuthStub } from '../doubles/auth-stub.ts';
import { until } from '../lab/until.ts';

/** Servers on loopback, without TLS, that keep what they were sent. */
export class Stubs implements AsyncDisposable {
  readonly imap: AuthStub;
  readonly pop3: AuthStub;
  readonly smtp: AuthStub;
  readonly #came = new Map<string, string>();

  private constructor(imap: AuthStub, pop3: AuthStub, smtp: AuthStub) {
    this.imap = imap;
    this.pop3 = pop3;
    this.smtp = smtp;
  }

  static async open(): Promise<Stubs> {
    return new Stubs(await AuthStub.imap(), await AuthStub.pop3(), await AuthStub.smtp());
  }

  /** Password by login, once there are so many logins. */
  async logins(count: number): Promise<ReadonlyMap<string, string>> {
    await until(`${count} logins`, () => this.#take() >= count, 40_000);
    const all = new Map(this.#came);
    this.#came.clear();
    return all;
  }

  #take(): number {
    for (const stub of [this.imap, this.pop3, this.smtp])
      for (const { user, password } of stub.drain()) this.#came.set(user.toString(), password.toString());
    return this.#came.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stub of [this.imap, this.pop3, this.smtp]) await stub[Symbol.asyncDispose]();
  }
}

/** What Claws Mail and Sylpheed spell differently. */
export interface Spelling {
  /** Further settings of account `n`. */
  settings(n: number): readonly string[];
  /** The lines that name the account of a queued message, and end its special headers. */
  queued(n: number): readonly string[];
}

/** Account `n` reads as `reader<n>` and sends as `sender<n>`; even numbers read by POP3, odd ones by IMAP. */
const account = (n: number, { imap, pop3, smtp }: Stubs, settings: readonly string[]): string =>
  [
    `[Account: ${n}]`,
    `account_name=account ${n}`,
    `address=reader${n}@example.org`,
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
    `pop_port=${pop3.port}`,
    'set_imapport=1',
    `imap_port=${imap.port}`,
    'set_smtpport=1',
    `smtp_port=${smtp.port}`,
    'imap_auth_method=1',
    ...settings,
    '',
    '',
  ].join('\n');

const message = (n: number, marks: readonly string[]): string =>
  [
    `S:reader${n}@example.org`,
    'SSV:127.0.0.1',
    'R:<somebody@example.org>',
    ...marks,
    'Date: Thu, 01 Jan 2026 00:00:00 +0000',
    `From: reader${n}@example.org`,
    'To: somebody@example.org',
    'Subject: test',
    '',
    'test',
    '',
  ].join('\n');

const imapFolder = (n: number): string =>
  `<folder type="imap" name="account ${n}" account_id="${n}"><folderitem type="inbox" name="INBOX" path="INBOX"/></folder>`;

/** Makes a home with `count` accounts, each with a message that waits to be sent; no password yet. */
export function makeProfile(
  home: string,
  folder: string,
  count: number,
  stubs: Stubs,
  spelling: Spelling,
): void {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const imap = numbers.filter((n) => n % 2 === 1).map(imapFolder);
  for (const name of [folder, 'run', 'tmp', 'Mail']) fs.mkdirSync(path.join(home, name), { mode: 0o700 });
  for (const name of ['inbox', 'sent', 'queue', 'draft', 'trash'])
    fs.mkdirSync(path.join(home, 'Mail', name));
  const accounts = numbers.map((n) => account(n, stubs, spelling.settings(n)));
  fs.writeFileSync(path.join(home, folder, 'accountrc'), accounts.join(''), { mode: 0o600 });
  fs.writeFileSync(
    path.join(home, folder, 'folderlist.xml'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<folderlist><folder type="mh" name="Mailbox" path="Mail"><folderitem type="normal" name="queue" path="queue"/></folder>${imap.join('')}</folderlist>\n`,
  );
  for (const n of numbers)
    fs.writeFileSync(path.join(home, 'Mail/queue', String(n)), message(n, spelling.queued(n)));
}

export const sorted = (map: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...map].sort(([a], [b]) => a.localeCompare(b));
