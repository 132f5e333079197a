import fs from 'node:fs';
import path from 'node:path';
import { makeMailHome, PEOPLE } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { test as base } from '../host/fixture.ts';
import { WizardPage } from './wizard-page.ts';

/** What the owner's password was reset to; the programs of the home still hold the one before. */
export const NEW = 'Winter-9fe/+Zq71 &é';

interface WizardFixtures {
  /** Knows the owner with the new password, and the colleague. */
  readonly server: MailServer;
  /** The app's one window, on a home with every program set up for the server. */
  readonly wizard: WizardPage;
}

/** The app on a home whose owner's password was just reset on a mail server of this computer. */
export const test = base.extend<WizardFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  server: async ({}, use) => {
    const { owner, colleague } = PEOPLE;
    const server = await startMailServer({
      users: { [owner.login]: NEW, [colleague.login]: colleague.password },
      delivers: true,
    });
    await use(server);
    await server.stop();
  },
  home: async ({ home, server }, use) => {
    makeMailHome(home, server);
    await use(home);
  },
  options: async ({ scratch, server }, use) => {
    const authority = path.join(scratch, 'authority.pem');
    fs.writeFileSync(authority, server.caPem);
    await use([`--ca=${authority}`, '--lang=en']);
  },
  wizard: async ({ page }, use) => {
    await use(new WizardPage(page));
  },
});

export { expect } from '../host/fixture.ts';
