import type { Locator, Page } from 'playwright/test';

/** The wizard as a person uses it: what is on the screen, and what can be pressed. */
export class WizardPage {
  readonly page: Page;
  readonly heading: Locator;
  /** The one act of a screen. */
  readonly primary: Locator;
  /** What came up by itself: a refusal, a finished run. */
  readonly status: Locator;
  readonly password: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.primary = page.locator('footer .button.primary');
    this.status = page.getByRole('status');
    this.password = page.getByLabel(/^New password for /);
  }

  screen(name: string): Promise<void> {
    return this.page.locator(`[data-screen="${name}"]`).waitFor();
  }

  /** The first screen, once it knows what is on the computer. */
  async ready(): Promise<void> {
    await this.page.getByRole('radio').first().waitFor();
  }

  /** From the history of a finished run to the first screen. */
  async begin(): Promise<void> {
    await this.page.locator('footer').getByRole('button', { name: 'Back' }).click();
    await this.primary.click();
    await this.screen('account');
  }

  /** From the first screen to the places of an account, or to the ending of one that takes no password. */
  async choose(account: string): Promise<void> {
    await this.page.getByRole('radio', { name: account }).check();
    await this.primary.click();
  }

  async toPassword(account: string): Promise<void> {
    await this.choose(account);
    await this.screen('places');
    await this.primary.click();
    await this.screen('password');
  }

  async give(password: string): Promise<void> {
    await this.password.fill(password);
    await this.primary.click();
  }

  /** Undoes every change of the result that is shown. */
  undoAll(): Promise<void> {
    return this.undo(/^Undo all/);
  }

  /** Undoes what the button of this name is about; the question before it is answered. */
  async undo(button: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
  }

  /** Saves the result that is shown as a web page, and waits for the word that it was. */
  async saveReport(): Promise<void> {
    await this.page.getByText('Save a report').click();
    await this.page.getByRole('button', { name: 'Save as a web page' }).click();
    await this.page.getByText(/^Saved as /).waitFor();
  }

  async history(): Promise<void> {
    await this.page.getByRole('button', { name: 'History' }).click();
    await this.screen('history');
  }
}
