import fs from 'node:fs';
import path from 'node:path';
import { startDaemon } from '../lab/daemon.ts';
import { profileOf, type LabUser, type ScratchHome } from '../lab/home.ts';
import type { Lab } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { Marionette } from './marionette.ts';

// the program itself: Debian's wrapper would look for a profile of its own
const THUNDERBIRD = '/usr/lib/thunderbird/thunderbird-bin';

/** Runs the real Thunderbird on the home's profile for as long as `work` takes. */
export async function withThunderbird<T>(
  home: ScratchHome,
  work: (remote: Marionette) => Promise<T>,
): Promise<T> {
  const portFile = path.join(profileOf(home), 'MarionetteActivePort');
  fs.rmSync(portFile, { force: true });
  const args = ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access'];
  const thunderbird = startDaemon(THUNDERBIRD, [...args, '--profile', profileOf(home)], {
    log: path.join(home.dir, 'thunderbird.log'),
    env: { ...home.environment, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  try {
    const port = await until('Thunderbird', () => fs.existsSync(portFile) && readPort(portFile), 30_000);
    const remote = await Marionette.connect(port);
    try {
      return await work(remote);
    } finally {
      remote.close();
    }
  } finally {
    await thunderbird.stop();
  }
}

const readPort = (file: string): number | undefined => Number(fs.readFileSync(file, 'utf8')) || undefined;

const TRUST = `
  const certificates = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  certificates.addCertFromBase64(args[0], 'C,,');`;

/** What Thunderbird's own password dialog does when "use the password manager" is ticked. */
const STORE = `
  for (const { origin, realm } of args[0]) {
    const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
    login.init(origin, null, realm, args[1], args[2], '', '');
    await Services.logins.addLoginAsync(login);
  }`;

/** A login as Thunderbird files it: passwords of mail servers under their own address as realm. */
interface Filed {
  readonly origin: string;
  readonly realm: string;
}

/** Has Thunderbird itself store what it would under these origins, and waits until it is on disk. */
export async function storeLogins(
  home: ScratchHome,
  remote: Marionette,
  filed: readonly Filed[],
  { login, password }: LabUser,
): Promise<void> {
  await remote.run(STORE, [filed, login, password]);
  const file = path.join(profileOf(home), 'logins.json');
  const isThere = (): boolean => {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    return filed.every(({ origin }) => text.includes(`"${origin}"`));
  };
  await until('the stored logins', isThere);
}

const base64Of = (pem: string): string => pem.replaceAll(/-----.*-----|\s/g, '');

/** Lets Thunderbird trust the lab's authority and store the user's password, for reading and for sending. */
export async function seedThunderbird(home: ScratchHome, lab: Lab, user: LabUser): Promise<void> {
  await withThunderbird(home, async (remote) => {
    await remote.run(TRUST, [base64Of(fs.readFileSync(lab.caFile, 'utf8'))]);
    const origins = [`imap://${lab.addresses.good}`, `smtp://${lab.addresses.good}`];
    const filed = origins.map((origin) => ({ origin, realm: origin }));
    await storeLogins(home, remote, filed, user);
  });
}

/** Has Thunderbird forget the login that it keeps for this origin. */
export async function forgetLogin(home: ScratchHome, origin: string): Promise<void> {
  const file = path.join(profileOf(home), 'logins.json');
  await withThunderbird(home, async (remote) => {
    await remote.run(
      `for (const login of await Services.logins.searchLoginsAsync({ origin: args[0] }))
        await Services.logins.removeLoginAsync(login);`,
      [origin],
    );
    await until('the login to be gone', () => !fs.readFileSync(file, 'utf8').includes(`"${origin}"`));
  });
}

/** Begins one login each; Thunderbird asks nobody, it takes the stored passwords. The lab sees the outcome. */
const LOG_IN = `
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const listener = {
    QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']),
    OnStartRunningUrl() {},
    OnStopRunningUrl() {},
  };
  MailServices.accounts.getAccount('account1').incomingServer.verifyLogon(listener, null);
  MailServices.outgoingServer.defaultServer.verifyLogon(listener, null);`;

export interface ThunderbirdLogins {
  readonly imap: boolean;
  readonly smtp: boolean;
}

/** Whether the real Thunderbird logs in with what its profile holds: one start, one attempt each over TLS. */
export async function thunderbirdLogsIn(
  home: ScratchHome,
  lab: Lab,
  login: string,
): Promise<ThunderbirdLogins> {
  lab.resetAttempts();
  return withThunderbird(home, async (remote) => {
    await remote.run(LOG_IN);
    const verdict = async (protocol: string): Promise<boolean> => {
      const first = await until(`a login of Thunderbird over ${protocol}`, async () =>
        (await lab.attempts(login)).find((attempt) => attempt.protocol === protocol),
      );
      return first.verdict === 'accepted';
    };
    return { imap: await verdict('imap'), smtp: await verdict('smtp') };
  });
}
