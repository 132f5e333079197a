import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { undo } from '../../electron/engine/undo.ts';
import { engineOn, quietRun, type Scratch } from '../doubles/engine.ts';
import { ALICE, aliceHome, filesOf, PRIMARY, PROFILE, removeOn } from '../engine/leftovers.ts';
import { profileOf, type ScratchHome } from '../lab/home.ts';
import { homeEnvironment } from '../lab/program.ts';
import { askNss } from './nss.ts';
import { withThunderbird } from './thunderbird.ts';

/** Asked by a start without anybody in front of it. */
const QUIET = [
  'user_pref("marionette.port", 0);',
  'user_pref("mail.provider.suppress_dialog_on_startup", true);',
  'user_pref("mail.rights.version", 1);',
  'user_pref("mail.shell.checkDefaultClient", false);',
  'user_pref("app.donation.eoy.version.viewed", 999);',
  'user_pref("app.update.enabled", false);',
  'user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);',
  'user_pref("toolkit.telemetry.enabled", false);',
  '',
].join('\n');

const LOGINS = `
  const logins = await Services.logins.getAllLogins();
  return logins.map(({ origin, httpRealm, username, password }) => [origin, httpRealm, username, password]);`;

/** A copy of the profile where the driver looks for one, so that what Thunderbird writes stays out of the comparison. */
function copyFor(home: Scratch): ScratchHome {
  const dir = path.join(home.root, `copy-${fs.readdirSync(home.root).length}`);
  const copy = { dir, environment: homeEnvironment(dir) };
  fs.cpSync(home.path(PROFILE), profileOf(copy), { recursive: true });
  fs.appendFileSync(path.join(profileOf(copy), 'prefs.js'), QUIET);
  return copy;
}

const loginsOf = (home: Scratch): Promise<unknown> =>
  withThunderbird(copyFor(home), (remote) => remote.run(LOGINS));

const TOKEN = ['oauth://accounts.example.org', 'mail offline_access', ALICE, 'refresh token'];
const CALENDAR = ['https://dav.example.org', 'Calendars', 'carol', 'hers'];
const mailLogin = (origin: string) => [origin, origin, ALICE, 'old secret'];

test('the real Thunderbird keeps the token and the calendar, and knows the old passwords again after undo', async () => {
  using home = aliceHome();
  const before = filesOf(home);
  await removeOn(engineOn(home));
  expect(await loginsOf(home)).toEqual([TOKEN, CALENDAR]);
  await undo(engineOn(home), undefined, [], quietRun());
  expect(filesOf(home)).toEqual(before);
  expect(await loginsOf(home)).toEqual([
    mailLogin('imap://imap.example.org'),
    TOKEN,
    CALENDAR,
    mailLogin('smtp://smtp.example.org'),
  ]);
}, 120_000);

test.each(['thunderbird', 'debian'] as const)(
  'behind a primary password the NSS of %s still opens what was left',
  async (library) => {
    using home = aliceHome(true);
    await removeOn(engineOn(home), { primary: PRIMARY });
    const { logins } = JSON.parse(home.read(`${PROFILE}/logins.json`)) as {
      logins: readonly { hostname: string; encryptedPassword: string }[];
    };
    expect(logins.map(({ hostname }) => hostname)).toEqual([
      'oauth://accounts.example.org',
      'https://dav.example.org',
    ]);
    const requests = logins.map(({ encryptedPassword }) => ({
      do: 'decrypt' as const,
      value: encryptedPassword,
    }));
    const answer = askNss(library, home.path(PROFILE), PRIMARY, requests);
    expect(answer).toMatchObject({ unlocked: true, answers: ['refresh token', 'hers'] });
  },
);
