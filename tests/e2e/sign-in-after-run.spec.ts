import fs from 'node:fs';
import path from 'node:path';
import { makeAuthority } from '../doubles/certificates.ts';
import { startSmtpServer } from '../doubles/smtp-server.ts';
import { changedFiles, snapshot } from '../doubles/snapshot.ts';
import { expect, test as base } from '../host/fixture.ts';
import { WizardPage } from './wizard-page.ts';

const LOGIN = 'alex@example.org';

interface Provider {
  readonly port: number;
  readonly authority: string;
  /** How often somebody tried to log in. */
  logins(): number;
}

/** The app on a home whose provider takes passwords no longer, which only the provider knows. */
const test = base.extend<{ readonly provider: Provider }>({
  provider: async ({ scratch }, use) => {
    const authority = await makeAuthority();
    let logins = 0;
    const server = await startSmtpServer({
      tls: 'implicit',
      certificate: await authority.issue({ ips: ['127.0.0.1'] }),
      login: () => {
        logins += 1;
        return '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.';
      },
    });
    const file = path.join(scratch, 'authority.pem');
    fs.writeFileSync(file, authority.caPem);
    await use({ port: server.port, authority: file, logins: () => logins });
    await server.stop();
  },
  home: async ({ home, provider }, use) => {
    const lines = ['account work', 'host 127.0.0.1', `port ${provider.port}`, 'auth on', 'tls on'];
    const login = ['tls_starttls off', `from ${LOGIN}`, `user ${LOGIN}`, 'password old secret', ''];
    fs.writeFileSync(path.join(home, '.msmtprc'), [...lines, ...login].join('\n'), { mode: 0o600 });
    await use(home);
  },
  options: async ({ provider }, use) => use([`--ca=${provider.authority}`, '--lang=en']),
});

test('a server that takes no passwords any more leads to signing in again, after one login', async ({
  home,
  page,
  provider,
}) => {
  const before = snapshot(home);
  const wizard = new WizardPage(page);
  await wizard.toPassword(LOGIN);
  await wizard.give('New secret 2026');
  await wizard.screen('sign-in');
  await expect(wizard.heading).toContainText('There is no password to store.');
  await expect(page.getByRole('list', { name: 'In your programs' }).getByRole('listitem')).toHaveText([
    /msmtp.*has to be switched/,
  ]);
  await page.getByText('Details').click();
  await expect(page.getByText('basic authentication is disabled')).toBeVisible();
  expect(provider.logins()).toBe(1);
  expect(changedFiles(before, snapshot(home))).toEqual([]);
});
