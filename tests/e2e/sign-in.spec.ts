import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { formsIn, formsOf } from '../canary/forms.ts';
import { sightingsBelow } from '../canary/sightings.ts';
import { makeThunderbirdProfile } from '../doubles/thunderbird-profile.ts';
import { ALICE, PRIMARY, PROFILE } from '../engine/leftovers.ts';
import { expect, test as base } from '../host/fixture.ts';
import { caseFolder } from '../stores/fixture.ts';
import { holdFile } from '../system/held-lock.ts';
import { WizardPage } from './wizard-page.ts';

interface Given {
  /** Which Thunderbird moved in; empty where a test makes its own. */
  readonly fixture: string;
  readonly wizard: WizardPage;
}

/** The app on a home that the real Thunderbird left behind: it signs in with tokens and keeps old passwords. */
const test = base.extend<Given>({
  fixture: ['oauth-leftovers', { option: true }],
  options: ['--lang=en'],
  home: async ({ home, fixture }, use) => {
    if (fixture !== '')
      fs.cpSync(path.join(caseFolder('thunderbird', fixture), 'home'), home, { recursive: true });
    await use(home);
  },
  wizard: async ({ page }, use) => {
    await use(new WizardPage(page));
  },
});

const FILES = ['logins.json', 'logins-backup.json'];
const filesIn = (home: string): readonly string[] =>
  FILES.map((name) => fs.readFileSync(path.join(home, PROFILE, name), 'utf8'));
const WITHOUT = filesIn(path.join(caseFolder('thunderbird', 'oauth-leftovers'), 'home.removed'));

const rows = (page: Page) => page.getByRole('region', { name: /^Old passwords/ }).getByRole('listitem');

async function answer(page: Page, act: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
}

test('old passwords are removed, told in the history, and put back as they were', async ({
  home,
  page,
  wizard,
}) => {
  const before = filesIn(home);
  await wizard.choose(ALICE);
  await wizard.screen('sign-in');
  await expect(wizard.heading).toHaveText(
    'There is no password to store. 1 program will ask you to sign in.',
  );
  await expect(rows(page)).toHaveText([/of no use/, /copy.*of no use/, /sending.*of no use/]);

  await rows(page)
    .last()
    .getByRole('button', { name: /^Remove/ })
    .click();
  await answer(page, 'Remove');
  await expect(rows(page).last()).toContainText('removed');
  await page.getByRole('button', { name: 'Remove all 2 old passwords' }).click();
  await answer(page, 'Remove');
  await expect(rows(page)).toHaveText([/removed/, /removed/, /removed/]);
  expect(filesIn(home)).toEqual(WITHOUT);

  await wizard.history();
  await expect(page.getByRole('listitem').filter({ hasText: ALICE })).toHaveText([/2 removed/, /1 removed/]);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Put all 3 back' }).click();
  await answer(page, 'Undo');
  await expect(rows(page)).toHaveText([/of no use/, /copy.*of no use/, /sending.*of no use/]);
  expect(filesIn(home)).toEqual(before);
});

test('while Thunderbird is open they wait, and the page sees it close', async ({ home, page, wizard }) => {
  const before = filesIn(home);
  const lock = await holdFile(path.join(home, PROFILE, '.parentlock'));
  try {
    await wizard.choose(ALICE);
    await expect(page.getByText('waits: close Thunderbird')).toHaveCount(3);
    await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  } finally {
    await lock.kill();
  }
  await expect(page.getByRole('button', { name: 'Remove all 3 old passwords' })).toBeVisible();
  expect(filesIn(home)).toEqual(before);
});

test.describe('behind a primary password', () => {
  test.use({ fixture: 'oauth-leftovers-locked' });

  test('they are removed with it, and nothing holds it afterwards', async ({
    app,
    home,
    page,
    scratch,
    wizard,
  }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const before = filesIn(home);
    await wizard.choose(ALICE);
    await expect(rows(page)).toHaveText([/may hold one/, /may hold one/, /may hold one/]);
    const field = page.getByLabel(/^Primary password for /);
    for (const [given, told] of [
      ['not this one', /may hold one/],
      [PRIMARY, /removed/],
    ] as const) {
      await field.fill(given);
      await page.getByRole('button', { name: 'Remove all 3 old passwords' }).click();
      await answer(page, 'Remove');
      await expect(rows(page)).toHaveText([told, told, told]);
      expect(await heldBy(page)).not.toContain(given);
    }
    await expect(field).toHaveCount(0);
    expect(filesIn(home).join('')).toContain('oauth://');
    expect(filesIn(home).join('')).not.toMatch(/(imap|smtp):/);

    await page.getByRole('button', { name: 'Put all 3 back' }).click();
    await answer(page, 'Undo');
    await expect(rows(page)).toHaveText([/may hold one/, /may hold one/, /may hold one/]);
    expect(filesIn(home)).toEqual(before);
    const held = Buffer.from([await heldBy(page), ...said].join('\n'));
    for (const secret of [PRIMARY, 'old secret'])
      expect([...formsIn(held, formsOf(secret)), ...sightingsBelow(secret, scratch, () => false)]).toEqual(
        [],
      );
  });
});

test.describe('an account that also has a password', () => {
  test.use({
    fixture: '',
    home: async ({ home }, use) => {
      const imap = { protocol: 'imap', host: 'mail.example.org', port: 993, tls: 'implicit' } as const;
      const own = { login: ALICE, address: ALICE, password: 'old secret' };
      makeThunderbirdProfile(home, {
        name: 'both',
        accounts: [
          { ...imap, ...own },
          { ...imap, ...own, host: 'imap.example.org', authMethod: 10 },
        ],
      });
      await use(home);
    },
  });

  test('is told of the old one among its places, and removes it there', async ({ home, page, wizard }) => {
    const [profile = ''] = fs
      .readdirSync(path.join(home, '.thunderbird'))
      .filter((name) => name.endsWith('.both'));
    const file = path.join(home, '.thunderbird', profile, 'logins.json');
    const before = fs.readFileSync(file, 'utf8');
    await wizard.choose(ALICE);
    await wizard.screen('places');
    await expect(page.getByText('signs in; an old password is left')).toHaveCount(1);
    await rows(page)
      .getByRole('button', { name: /^Remove/ })
      .click();
    await answer(page, 'Remove');
    await expect(rows(page)).toHaveText([/removed/]);
    const after = fs.readFileSync(file, 'utf8');
    expect(after).toContain('imap://mail.example.org');
    expect(after).not.toContain('imap://imap.example.org');
    await rows(page).getByRole('button', { name: /^Undo/ }).click();
    await answer(page, 'Undo');
    await expect(rows(page)).toHaveText([/of no use/]);
    expect(fs.readFileSync(file, 'utf8')).toBe(before);
  });
});

/** All that the page holds where a script or a reload could find it. */
async function heldBy(page: Page): Promise<string> {
  const kept = await page.evaluate(() => ({
    fields: [...document.querySelectorAll('input, textarea')].map((field) => Reflect.get(field, 'value')),
    stores: [{ ...sessionStorage }, { ...localStorage }],
    history: history.state,
    address: location.href,
  }));
  return [await page.content(), JSON.stringify(kept)].join('\n');
}
