import fs from 'node:fs';
import path from 'node:path';
import { forgetLogin, storeLogins, thunderbirdLogsIn, withThunderbird } from '../clients/thunderbird.ts';
import { askNss } from '../clients/nss.ts';
import { changedFiles, snapshot, writtenFiles } from '../doubles/snapshot.ts';
import { profileOf, type ScratchHome } from '../lab/home.ts';
import { ALICE, expect, NEW, test } from './lab-fixture.ts';

const PRIMARY = 'Prim Ärpw €1';

/** A second profile of the home's Thunderbird, with copies of these files of the first one. */
function secondProfile(home: ScratchHome, name: string, files: readonly string[]): ScratchHome {
  const second = { ...home, profile: name };
  fs.mkdirSync(profileOf(second), { mode: 0o700 });
  for (const file of files)
    fs.copyFileSync(path.join(profileOf(home), file), path.join(profileOf(second), file));
  const section = `\n[Profile1]\nName=${name}\nIsRelative=1\nPath=${name}\n`;
  fs.appendFileSync(path.join(home.dir, '.thunderbird/profiles.ini'), section);
  return second;
}

/** Changes the primary password as the settings of Thunderbird do, by its own NSS. */
function primaryPassword(home: ScratchHome, from: string, to: string): void {
  const request = { do: 'set-primary-password' as const, to };
  expect(askNss('thunderbird', profileOf(home), from, [request])).toMatchObject({ answers: [to] });
}

const SEEDED = ['prefs.js', 'cert9.db', 'key4.db', 'logins.json'];

test('a primary password is asked for where there is one; a wrong one waits, the right one is written', async ({
  clients,
  lab,
  wizard,
}) => {
  const work = secondProfile(clients, 'work.default', SEEDED);
  primaryPassword(work, '', PRIMARY);
  await wizard.page.reload();
  const before = snapshot(profileOf(work));
  await wizard.toPassword(ALICE);
  const unlock = wizard.page.getByLabel(/^Primary password for /);
  await expect(unlock).toHaveCount(1);
  await expect(unlock).toHaveAccessibleName(/work\.default$/);

  await unlock.fill('not the one');
  await wizard.give(NEW);
  await wizard.screen('result');
  await expect(wizard.page.locator('.help')).toHaveText(
    '9 of 11 places hold the new password. 2 places are waiting for you.',
  );
  const waiting = wizard.page.locator('section', { hasText: 'Waiting for you' });
  await expect(waiting).toContainText('Have the right one at hand, then finish the waiting places.');
  expect(writtenFiles(before, snapshot(profileOf(work)))).toEqual([]);
  expect(await thunderbirdLogsIn(clients, lab, ALICE)).toEqual({ imap: true, smtp: true });

  await wizard.page.getByRole('button', { name: 'Finish 2 waiting places' }).click();
  await wizard.screen('places');
  await wizard.primary.click();
  await unlock.fill(PRIMARY);
  await wizard.give(NEW);
  await wizard.screen('result');
  await expect(wizard.page.locator('.help')).toHaveText('11 of 11 places hold the new password.');
  // with it Thunderbird would ask a person before anything else, so it is taken off first
  primaryPassword(work, PRIMARY, '');
  expect(await thunderbirdLogsIn(work, lab, ALICE)).toEqual({ imap: true, smtp: true });
});

test('a login that Thunderbird has forgotten is added, and Thunderbird takes it', async ({
  clients,
  lab,
  wizard,
}) => {
  await forgetLogin(clients, `smtp://${lab.addresses.good}`);
  fs.rmSync(path.join(profileOf(clients), 'logins-backup.json'), { force: true });
  await wizard.page.reload();
  await wizard.choose(ALICE);
  await expect(wizard.heading).toHaveText('8 places on this computer hold this password.');
  const missing = wizard.page.locator('section', { hasText: '1 place is set up but holds no password yet.' });
  await expect(missing.getByRole('checkbox')).not.toBeChecked();
  await missing.locator('label').click();
  await wizard.primary.click();
  await wizard.give(NEW);
  await wizard.screen('result');
  await expect(wizard.page.locator('.help')).toHaveText('9 of 9 places hold the new password.');
  expect(await thunderbirdLogsIn(clients, lab, ALICE)).toEqual({ imap: true, smtp: true });
});

const ALEX = 'alex@contoso.com';

/** As Thunderbird's account setup leaves it for Microsoft: OAuth is authMethod 10 (nsMsgAuthMethod). */
const CONTOSO: Readonly<Record<string, string | number>> = {
  'mail.identity.id1.useremail': ALEX,
  'mail.server.server1.hostname': 'outlook.office365.com',
  'mail.server.server1.port': 993,
  'mail.server.server1.userName': ALEX,
  'mail.server.server1.name': ALEX,
  'mail.server.server1.authMethod': 10,
  'mail.smtpserver.smtp1.hostname': 'smtp.office365.com',
  'mail.smtpserver.smtp1.port': 587,
  'mail.smtpserver.smtp1.username': ALEX,
  'mail.smtpserver.smtp1.authMethod': 10,
};
const SCOPE =
  'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access';

test('an account that signs in with a token ends with signing in again, and nothing is touched', async ({
  clients,
  lab,
  wizard,
}) => {
  const contoso = secondProfile(clients, 'contoso.default', ['prefs.js']);
  const lines = Object.entries(CONTOSO).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  fs.appendFileSync(path.join(profileOf(contoso), 'prefs.js'), lines.join(''));
  const token = { origin: 'oauth://login.microsoftonline.com', realm: SCOPE };
  await withThunderbird(contoso, (remote) =>
    storeLogins(contoso, remote, [token], { login: ALEX, password: 'a refresh token' }),
  );
  await wizard.page.reload();
  const before = snapshot(clients.dir);

  await expect(wizard.page.getByRole('radio')).toHaveCount(3);
  await wizard.choose(ALEX);
  await wizard.screen('sign-in');
  await expect(wizard.heading).toHaveText(
    'There is no password to store. 1 program will ask you to sign in.',
  );
  await expect(wizard.page.getByRole('listitem').filter({ hasText: 'Thunderbird' })).toHaveCount(1);
  await wizard.primary.click();
  await wizard.screen('account');
  expect(changedFiles(before, snapshot(clients.dir))).toEqual([]);
  expect(await lab.attempts(ALEX)).toEqual([]);
});
