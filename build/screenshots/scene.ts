import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ElectronApplication } from 'playwright';
import { makeMailHome, PEOPLE } from '../../tests/doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../../tests/doubles/mail-server.ts';
import { makeThunderbirdProfile, type ProfileAccount } from '../../tests/doubles/thunderbird-profile.ts';
import { launch } from '../../tests/host/launch.ts';

/** What the home's programs call their server; it is this computer. */
export const SERVER_NAME = 'mail.example.org';
export const PASSWORD = "Winter #sun & 5€ 'home'";
/** Where mail servers are usually found (RFC 8314). */
const PORTS = { imaps: 993, smtps: 465, submission: 587 } as const;
/** Before the account signed in with a token, Thunderbird kept a password for it; nothing reads it any more. */
const LEFT_BEHIND: ProfileAccount = {
  protocol: 'imap',
  host: 'imap.oauth.example',
  port: 993,
  tls: 'implicit',
  login: PEOPLE.tokenLogin,
  address: PEOPLE.tokenLogin,
  authMethod: 10,
  password: 'Spring-tides-2024',
};
/** When the pictures say that they were taken. */
const MOMENT = Date.UTC(2026, 2, 12, 9, 30);

/** A home like the demo's, whose servers have names and whose clock stands on one day: every picture can be made again. */
export interface Scene {
  readonly home: string;
  readonly state: string;
  readonly server: MailServer;
  /** Starts the app on this home, or on an empty one. */
  open(language: string, empty?: boolean): Promise<ElectronApplication>;
  /** Opens Thunderbird as far as others can see: it holds the lock on its profile. Returns how to close it. */
  openThunderbird(): () => void;
  /** Lets logins for sending wait until the returned function is called. */
  holdSending(): () => void;
  strike(keep: boolean): Promise<void>;
}

export async function setScene(): Promise<Scene> {
  const { owner, colleague } = PEOPLE;
  const gate = new Gate();
  const server = await startMailServer({
    users: { [owner.login]: PASSWORD, [colleague.login]: colleague.password },
    names: [SERVER_NAME],
    before: (protocol) => (protocol === 'smtp' ? gate.passed : Promise.resolve()),
  });
  const behind = {
    [PORTS.imaps]: server.imaps,
    [PORTS.smtps]: server.smtps,
    [PORTS.submission]: server.submission,
  };
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-screens-'));
  const home = path.join(root, 'home');
  const authority = path.join(root, 'authority.pem');
  makeMailHome(home, { host: SERVER_NAME, ...PORTS });
  makeThunderbirdProfile(home, { name: 'travel', accounts: [LEFT_BEHIND] });
  fs.writeFileSync(authority, server.caPem);
  preferFonts(root);
  return {
    home,
    state: path.join(root, 'state'),
    server,
    open: async (language, empty = false) => {
      const scratch = empty ? path.join(root, 'empty') : root;
      const ownHome = path.join(scratch, 'home');
      fs.mkdirSync(ownHome, { recursive: true });
      const options = [`--ca=${authority}`, `--lang=${language}`];
      const app = await launch({ scratch, home: ownHome, options });
      await app.evaluate(pretend, { name: SERVER_NAME, ports: behind, at: MOMENT });
      return app;
    },
    openThunderbird: () => openThunderbird(home),
    holdSending: () => gate.close(),
    strike: async (keep) => {
      await server.stop();
      if (!keep) fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Holds whoever comes while it is closed. */
class Gate {
  passed = Promise.resolve();

  close(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.passed = promise;
    return () => {
      this.passed = Promise.resolve();
      resolve();
    };
  }
}

interface Pretence {
  readonly name: string;
  /** Which port of this computer stands behind a usual one. */
  readonly ports: Readonly<Record<number, number>>;
  readonly at: number;
}

/** Runs in the app's main process: one name is this computer, and the clock begins at a moment. Nothing else is changed. */
function pretend(_electron: unknown, { name, ports, at }: Pretence): void {
  const dns = process.getBuiltinModule('node:dns');
  const { lookup } = dns;
  const { resolve4 } = dns.Resolver.prototype;
  Object.assign(dns, {
    lookup: (asked: string, ...rest: readonly unknown[]) =>
      Reflect.apply(lookup, dns, [asked === name ? '127.0.0.1' : asked, ...rest]),
  });
  Object.assign(dns.Resolver.prototype, {
    resolve4(asked: string, done: (error: Error | null, addresses?: readonly string[]) => void) {
      if (asked === name) done(null, ['127.0.0.1']);
      else Reflect.apply(resolve4, this, [asked, done]);
    },
  });
  const { Socket } = process.getBuiltinModule('node:net');
  const { connect } = Socket.prototype;
  Object.assign(Socket.prototype, {
    connect(...args: readonly unknown[]) {
      // net and tls hand over the options, alone or as the first of a list
      const [options] = args.flat();
      const port = ports[Number(Reflect.get(Object(options), 'port'))];
      if (port !== undefined) Object.assign(Object(options), { port });
      return Reflect.apply(connect, this, args);
    },
  });
  const Real = Date;
  const now = (): number => Real.now() + ahead;
  const ahead = at - Real.now();
  const Shifted = new Proxy(Real, {
    construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  Object.assign(globalThis, { Date: Shifted });
}

/** SQLite locks its files with fcntl(2), as Thunderbird does the `.parentlock` of the profile that it has open. */
function openThunderbird(home: string): () => void {
  const root = path.join(home, '.thunderbird');
  const [profile] = fs.readdirSync(root).filter((name) => name.endsWith('.default'));
  const lock = new DatabaseSync(path.join(root, profile ?? '', '.parentlock'));
  lock.exec('begin exclusive');
  return () => lock.close();
}

/** Pictures from two computers look alike where both have one of these fonts. */
function preferFonts(root: string): void {
  const fonts = ['Adwaita Sans', 'Inter', 'Cantarell', 'Noto Sans', 'Liberation Sans'];
  const preferred = fonts.map((font) => `<string>${font}</string>`).join('');
  const file = path.join(root, 'fonts.conf');
  fs.writeFileSync(
    file,
    `<?xml version="1.0"?>
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><edit name="family" mode="prepend" binding="strong">${preferred}</edit></match>
</fontconfig>
`,
  );
  process.env['FONTCONFIG_FILE'] = file;
}
