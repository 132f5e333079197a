// Makes the databases of these fixtures with a real Chromium, then adds logins as it would save them. Run it with
// node, with `chromium` on the PATH; afterwards REKEY_UPDATE_FIXTURES=1 writes entries.json and home.after.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface Saved {
  readonly origin: string;
  readonly login?: string;
  readonly declined?: boolean;
  readonly federation?: string;
}

const home = path.join(import.meta.dirname, 'profiles/home');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-chromium-'));
const HEADLESS = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', 'about:blank'];
execFileSync('chromium', [`--user-data-dir=${scratch}`, ...HEADLESS], { stdio: 'ignore', timeout: 60_000 });

save('.config/chromium/Default', [
  { origin: 'https://webmail.example.org/', login: 'alex@example.org' },
  { origin: 'https://webmail.example.org/?_task=login', login: 'alex@example.org' },
  { origin: 'https://owa.example.org/owa/auth/logon.aspx', login: 'EXAMPLE\\alex' },
  { origin: 'https://owa.example.org/owa/auth/logon.aspx', login: 'robin@example.org' },
  { origin: 'https://shop.example.com/', login: 'alex@example.org' },
  { origin: 'http://intranet.example.org:8080/', login: 'alex@example.org' },
  { origin: 'https://mail.example.org/', login: '' },
  { origin: 'https://webmail.example.net/', declined: true },
  {
    origin: 'https://forum.example.net/',
    login: 'alex@example.org',
    federation: 'https://accounts.example.net',
  },
  { origin: 'android://9KQ8tG0nlM6Zkw==@org.example.mail/', login: 'alex@example.org' },
]);
save('.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser/Profile 1', [
  { origin: 'https://outlook.example.org/', login: 'alex' },
]);
fs.rmSync(scratch, { recursive: true });

/** A profile with nothing but its saved passwords, and the empty journal that Chromium leaves beside them. */
function save(profile: string, logins: readonly Saved[]): void {
  const dir = path.join(home, profile);
  fs.mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'Login Data');
  fs.copyFileSync(path.join(scratch, 'Default/Login Data'), file);
  using db = new DatabaseSync(file);
  const insert = db.prepare(`INSERT INTO logins
    (origin_url, username_value, password_value, signon_realm, date_created, blacklisted_by_user, scheme, federation_url)
    VALUES (?, ?, ?, ?, 13400000000000000, ?, 0, ?)`);
  for (const { origin, login = '', declined = false, federation = '' } of logins) {
    const sealed = declined ? Buffer.alloc(0) : Buffer.from('v11 sealed by the browser');
    insert.run(origin, login, sealed, new URL(origin).origin, declined ? 1 : 0, federation);
  }
  fs.writeFileSync(`${file}-journal`, '');
}
