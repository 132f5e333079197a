import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startDaemon, type Daemon } from './daemon.ts';
import { ADDRESSES, freePorts, untilOpen, type Ports } from './doors.ts';
import { dovecotConf } from './dovecot-conf.ts';
import { makePki } from './pki.ts';
import { startPolicy, type Attempt, type Lockout } from './policy.ts';
import { mainCf, masterCf } from './postfix-conf.ts';
import { mustRun } from './program.ts';
import { until } from './until.ts';
import { Users } from './users.ts';

/** A mail server of one's own: Dovecot (IMAP, POP3) and Postfix (SMTP) on loopback. */
export interface Lab {
  readonly dir: string;
  /** What to dial, by the TLS fault wanted. */
  readonly addresses: typeof ADDRESSES;
  readonly ports: Ports;
  /** The authority that signed the certificates, PEM. */
  readonly caFile: string;
  /** The certificate of the `good` address itself, for clients that pin it. */
  readonly certificateFile: string;
  /** The reset on the server: resolves when the new password, and only it, is accepted. */
  setPassword(login: string, password: string): Promise<void>;
  /** Every login tried as this user since the last reset, at any door. */
  attempts(login: string): Promise<readonly Attempt[]>;
  resetAttempts(): void;
  /** From now on no login is answered, until the returned function is called. */
  hold(): () => void;
  /** Resolves while a login of this user waits for its answer. */
  begun(login: string): Promise<void>;
  /** From now on wrong passwords lock an account until `unlock`. */
  lockout(rule: Lockout): void;
  unlock(login: string): void;
  /** The raw messages in the mailbox. */
  messages(login: string): readonly string[];
  /** Ends everything and removes every trace. */
  stop(): Promise<void>;
}

export interface LabSetup {
  /** Passwords by mail address. */
  readonly users: Readonly<Record<string, string>>;
}

const NOBODY = 65534;

function makeFolders(dir: string): void {
  // the mail delivery, which runs as nobody, walks through here
  fs.chmodSync(dir, 0o755);
  for (const name of ['dovecot', 'mail', 'postfix/queue', 'postfix/data', 'postfix/etc']) {
    fs.mkdirSync(path.join(dir, name), { recursive: true });
  }
  fs.chownSync(path.join(dir, 'mail'), NOBODY, NOBODY);
}

async function startDovecot(dir: string, ports: Ports, policyPort: number): Promise<Daemon> {
  const config = path.join(dir, 'dovecot.conf');
  fs.writeFileSync(config, dovecotConf({ dir, ports, policyPort }));
  return startDaemon('/usr/sbin/dovecot', ['-F', '-c', config], { log: path.join(dir, 'start.log') });
}

async function startPostfix(dir: string, ports: Ports, logins: readonly string[]): Promise<Daemon> {
  const etc = path.join(dir, 'postfix/etc');
  const domains = [...new Set(logins.map((login) => login.slice(login.indexOf('@') + 1)))];
  fs.writeFileSync(path.join(etc, 'main.cf'), mainCf({ dir, ports, domains }));
  fs.writeFileSync(path.join(etc, 'master.cf'), masterCf({ dir, ports, domains }));
  fs.writeFileSync(path.join(dir, 'mailboxes'), logins.map((login) => `${login} ${login}/\n`).join(''));
  await mustRun('chown', ['postfix', path.join(dir, 'postfix/data')]);
  const env = { PATH: process.env['PATH'], MAIL_CONFIG: etc };
  // makes the queue's folders with their owners
  await mustRun('/usr/sbin/postfix', ['-c', etc, 'check'], { env });
  const log = path.join(dir, 'start.log');
  return startDaemon('/usr/lib/postfix/sbin/master', ['-c', etc, '-d'], { log, env });
}

function messagesIn(mailbox: string): string[] {
  return ['new', 'cur'].flatMap((name) => {
    const folder = path.join(mailbox, name);
    if (!fs.existsSync(folder)) return [];
    return fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
  });
}

/** The log tails that explain why the lab did not come up. */
const complaints = (dir: string): string =>
  ['start.log', 'dovecot.log', 'postfix.log']
    .map((name) => path.join(dir, name))
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file, 'utf8').slice(-2000))
    .join('\n');

/**
 * Starts a lab of its own: scratch folder, authority, free ports. Several can run side by side.
 * Needs root (Dovecot and Postfix change users) and the Debian packages dovecot-imapd, dovecot-pop3d, postfix.
 */
export async function startLab({ users: passwords }: LabSetup): Promise<Lab> {
  if (process.getuid?.() !== 0) {
    throw new Error('The lab starts Dovecot and Postfix, which need root. Run this test as root.');
  }
  // a short path, because sockets below it may have 108 characters at most
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-lab-'));
  const logins = Object.keys(passwords).map((login) => login.toLowerCase());
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of running.splice(0).toReversed()) await part.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  };
  try {
    makeFolders(dir);
    const users = new Users(dir, passwords);
    const [ports, policy] = await Promise.all([freePorts(), startPolicy(), makePki(path.join(dir, 'pki'))]);
    running.push(policy);
    running.push(await startDovecot(dir, ports, policy.port));
    await until('the login socket', () => fs.existsSync(path.join(dir, 'sasl')));
    running.push(await startPostfix(dir, ports, logins));
    await untilOpen(ADDRESSES.good, ports.imaps);
    await untilOpen(ADDRESSES.good, ports.submissions);
    return {
      dir,
      addresses: ADDRESSES,
      ports,
      caFile: path.join(dir, 'pki/ca.pem'),
      certificateFile: path.join(dir, 'pki/good.pem'),
      setPassword: (login, password) => users.set(login, password, path.join(dir, 'dovecot.conf')),
      attempts: (login) => policy.attempts(login),
      resetAttempts: () => policy.reset(),
      hold: () => policy.hold(),
      begun: (login) => policy.begun(login),
      lockout: (rule) => policy.lockout(rule),
      unlock: (login) => policy.unlock(login),
      messages: (login) => messagesIn(path.join(dir, 'mail', login.toLowerCase())),
      stop,
    };
  } catch (cause) {
    const said = complaints(dir);
    await stop();
    throw new Error(`the lab did not start\n${said}`, { cause });
  }
}
