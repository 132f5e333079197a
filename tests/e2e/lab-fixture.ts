import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { seedThunderbird } from '../clients/thunderbird.ts';
import { changedFiles, snapshot, type Snapshot } from '../doubles/snapshot.ts';
import { test as base } from '../host/fixture.ts';
import { makeHome, PLACES, profileOf, type LabUser, type ScratchHome } from '../lab/home.ts';
import { startLab, type Lab } from '../lab/lab.ts';
import { WizardPage } from './wizard-page.ts';

export const ALICE = 'alice@lab.test';
export const OLD = 'old-Pass-1';
/** What the password was reset to: as nasty as every format can still hold. */
export const NEW = `new ' # $& % ; & é € 2`;

/** The places of a home that are not as they were. */
export const changedPlaces = (before: Snapshot, { dir }: ScratchHome): readonly string[] =>
  changedFiles(before, snapshot(dir)).filter((name) => PLACES.some((place) => place === name));

const user: LabUser = { login: ALICE, password: OLD };

interface LabWorker {
  /** Real Dovecot and Postfix, for all tests of a worker. */
  readonly lab: Lab;
  /** A home whose Thunderbird has trusted the lab and stored the old password itself. */
  readonly seeded: ScratchHome;
}

interface LabFixtures {
  /** The home that the app works on, for its owner's clients. */
  readonly clients: ScratchHome;
  readonly wizard: WizardPage;
}

/** The app on a home of real clients whose password was just reset on a real server. */
export const test = base.extend<LabFixtures, LabWorker>({
  lab: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const lab = await startLab({ users: { [ALICE]: OLD } });
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker' },
  ],
  seeded: [
    async ({ lab }, use) => {
      const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-seeded-'));
      const home = makeHome(dir, lab, user);
      await seedThunderbird(home, lab, user);
      await use(home);
      fs.rmSync(dir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  clients: async ({ scratch, lab, seeded }, use) => {
    const home = makeHome(path.join(scratch, 'home'), lab, user);
    fs.cpSync(profileOf(seeded), profileOf(home), { recursive: true, verbatimSymlinks: true });
    await lab.setPassword(ALICE, NEW);
    lab.resetAttempts();
    await use(home);
  },
  home: async ({ clients }, use) => {
    await use(clients.dir);
  },
  options: async ({ lab }, use) => {
    await use([`--ca=${lab.caFile}`, '--lang=en']);
  },
  wizard: async ({ page }, use) => {
    await use(new WizardPage(page));
  },
});

export { expect } from '../host/fixture.ts';
