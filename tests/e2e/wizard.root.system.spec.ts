import { all, CLIENTS, NETRC_CLIENTS, workingIn } from '../clients/working.ts';
import { mbsyncLogsIn } from '../clients/mbsync.ts';
import { snapshot, writtenFiles } from '../doubles/snapshot.ts';
import { PLACES } from '../lab/home.ts';
import { ALICE, changedPlaces, expect, NEW, test } from './lab-fixture.ts';

const EVERY_CLIENT = [...CLIENTS, ...NETRC_CLIENTS];
const MISTYPED = 'never the right one';

test('rejected once, accepted, read by every client, and taken back', async ({ clients, lab, wizard }) => {
  const before = snapshot(clients.dir);
  await test.step('a mistyped password costs one attempt and changes nothing', async () => {
    await wizard.toPassword(ALICE);
    await wizard.give(MISTYPED);
    await expect(wizard.status).toContainText('The server did not accept this name and password.');
    await expect(wizard.status).toContainText('Nothing was changed.');
    await expect(wizard.status).toContainText('2 tries are left');
    expect(await lab.attempts(ALICE)).toEqual([{ protocol: 'imap', verdict: 'rejected' }]);
    expect(writtenFiles(before, snapshot(clients.dir))).toEqual([]);
  });

  await test.step('the right one reaches every client', async () => {
    lab.resetAttempts();
    await wizard.give(NEW);
    await wizard.screen('result');
    await expect(wizard.heading).toContainText(/^Reading and sending work again in .*Thunderbird/);
    await expect(wizard.page.locator('.help')).toHaveText('9 of 9 places hold the new password.');
    const seen = await lab.attempts(ALICE);
    expect(seen.map(({ protocol }) => protocol)).toEqual(['imap', 'imap', 'smtp', 'smtp']);
    expect(seen.every(({ verdict }) => verdict === 'accepted')).toBe(true);
    expect(await workingIn(clients, lab, ALICE)).toEqual(all(EVERY_CLIENT, true));
  });

  await test.step('one place is taken back, and only its client is locked out', async () => {
    await wizard.undo(/^Undo mbsync, /);
    await expect(wizard.page.locator('.help')).toHaveText('8 of 9 places hold the new password.');
    expect(changedPlaces(before, clients)).toEqual(PLACES.filter((name) => name !== '.mbsyncrc'));
    expect(await mbsyncLogsIn(clients)).toBe(false);
  });

  await test.step('all are taken back to the byte, and every client is locked out', async () => {
    await wizard.undoAll();
    await expect(wizard.heading).toHaveText('9 of 9 places are as they were before the run.');
    expect(changedPlaces(before, clients)).toEqual([]);
    expect(await workingIn(clients, lab, ALICE)).toEqual(all(EVERY_CLIENT, false));
    await wizard.history();
    await expect(wizard.page.getByRole('listitem').filter({ hasText: ALICE })).toContainText('taken back');
  });
});
