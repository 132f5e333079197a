import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from 'playwright';
import { accepted } from '../../tests/doubles/mail-clients.ts';
import { PEOPLE } from '../../tests/doubles/mail-home.ts';
import { WizardPage } from '../../tests/e2e/wizard-page.ts';
import { firstPage, launch } from '../../tests/host/launch.ts';
import type { Printer } from './print.ts';
import type { Stage } from './stage.ts';

const { owner, tokenLogin } = PEOPLE;

/** Where the pictures and the report go, and what the password was reset to. */
export interface Walk {
  readonly folder: string;
  readonly password: string;
}

/** Walks the wizard as a person would, and leaves a picture of every screen and the saved report. */
export async function walk(stage: Stage, printer: Printer, { folder, password }: Walk): Promise<void> {
  const app = await launch({ scratch: stage.root, home: stage.home, options: stage.appOptions });
  const page = await firstPage(app);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const wizard = new WizardPage(page);
  const picture = async (name: string): Promise<void> => {
    // where the last button was pressed, the next one would look pressed too
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
    printer.line(`${name}.png`.padEnd(22) + (await wizard.heading.innerText()));
  };
  try {
    await wizard.ready();
    await picture('1-account');
    await wizard.choose(owner.login);
    await wizard.screen('places');
    await picture('2-places');
    await wizard.primary.click();
    await wizard.give(`${password}, mistyped`);
    await wizard.status.getByText('Nothing was changed.').waitFor();
    await picture('3-password');
    await wizard.give(password);
    await wizard.screen('result');
    await picture('4-result');
    await saveReport(app, wizard, path.join(folder, 'report.html'), printer);
    await wizard.history();
    await picture('5-history');
    await wizard.begin();
    await wizard.choose(tokenLogin);
    await wizard.screen('sign-in');
    await picture('6-sign-in-again');
  } finally {
    await app.close();
  }
  const { accepted: working, stored } = await accepted(stage.home, stage.server, owner.login);
  printer.claim(`All ${stored} stored passwords log in again.`, stored === 9 && working === stored);
}

/** The dialog that asks where to is the desktop's own, so it is answered for the person. */
async function saveReport(
  app: ElectronApplication,
  wizard: WizardPage,
  file: string,
  printer: Printer,
): Promise<void> {
  fs.rmSync(file, { force: true });
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await wizard.saveReport();
  printer.line(path.basename(file).padEnd(22) + 'What was changed, when and where.');
}
