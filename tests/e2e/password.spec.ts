import { PEOPLE } from '../doubles/mail-home.ts';
import { snapshot, writtenFiles } from '../doubles/snapshot.ts';
import { expect, NEW, test } from './wizard-fixture.ts';

const { owner } = PEOPLE;

test('a test message that was asked for arrives, after the places are done', async ({ server, wizard }) => {
  await wizard.toPassword(owner.login);
  const wish = wizard.page.getByLabel('Send a test message to myself');
  await expect(wish).not.toBeChecked();
  await wish.check();
  await wizard.give('Winter-3ab/+Xw52 &é');
  await expect(wizard.status).toContainText('Nothing was changed.');
  await expect(wish).toBeChecked();
  expect(server.messages()).toEqual([]);
  await wizard.give(NEW);
  await wizard.screen('result');
  const message = wizard.page.locator('section').filter({ hasText: 'Test message' }).getByRole('listitem');
  await expect(message).toContainText(/arrived/);
  expect(server.messages().map(({ from, to }) => [from, to])).toEqual([[owner.login, [owner.login]]]);
  await expect(wizard.page.locator('.help')).toContainText('9 of 9 places hold the new password.');
});

test('the stored password is not sent to any server before the person says so', async ({
  home,
  server,
  wizard,
}) => {
  const before = snapshot(home);
  await wizard.toPassword(owner.login);
  await wizard.give(owner.password);
  await expect(wizard.status).toContainText('This is the password that is already stored in 9 places.');
  await expect(wizard.status).toContainText('If you have just reset it, this is the old one.');
  await expect(wizard.password).toBeFocused();
  await expect(wizard.password).toHaveValue('');
  expect(server.attempts(owner.login)).toEqual({ accepted: 0, rejected: 0 });
  await wizard.page.getByLabel('Check it anyway').check();
  await wizard.give(owner.password);
  await expect(wizard.status).toContainText('The server did not accept this name and password.');
  expect(server.attempts(owner.login)).toEqual({ accepted: 0, rejected: 1 });
  expect(writtenFiles(before, snapshot(home))).toEqual([]);
});

test('a new password that is the old one is told before anything is asked', async ({ server, wizard }) => {
  await wizard.toPassword(owner.login);
  await wizard.page.getByText('I still know the old one').click();
  await wizard.page.getByLabel('Old password').fill(NEW);
  await wizard.give(NEW);
  await expect(wizard.page.getByText('This is the same as the old password below.')).toBeVisible();
  await expect(wizard.password).toBeFocused();
  expect(server.attempts(owner.login)).toEqual({ accepted: 0, rejected: 0 });
});

test('advice comes from the dictionaries, which are fetched when the password is typed', async ({
  wizard,
}) => {
  const fetched: [string, number][] = [];
  wizard.page.on('response', (response) => fetched.push([response.url(), response.status()]));
  const dictionaries = () => fetched.filter(([url]) => url.includes('/assets/strength-'));
  const refused: string[] = [];
  wizard.page.on('console', (message) => {
    if (/security policy|trusted/i.test(message.text())) refused.push(message.text());
  });
  await wizard.choose(owner.login);
  await wizard.screen('places');
  expect(dictionaries()).toEqual([]);
  await wizard.primary.click();
  await wizard.screen('password');
  await wizard.password.fill('kitchen12');
  await expect(wizard.page.getByText('It is built on a common word.')).toBeVisible();
  await wizard.password.fill(`${owner.login}1`);
  await expect(wizard.page.getByText('It holds part of your address')).toBeVisible();
  await wizard.password.fill('correct horse battery staple');
  await expect(wizard.page.getByText('It is hard to guess.')).toBeVisible();
  expect(dictionaries().map(([, status]) => status)).toEqual([200]);
  expect(refused).toEqual([]);
});
