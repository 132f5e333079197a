import { spawn } from 'node:child_process';
import { BrowserWindow } from './window.ts';

interface DialogOptions {
  readonly message?: string;
  readonly detail?: string;
  readonly defaultPath?: string;
  readonly buttons?: readonly string[];
  readonly cancelId?: number;
}

/** The options are the last argument; a window may stand before them. */
const optionsOf = (args: readonly (BrowserWindow | DialogOptions)[]): DialogOptions => {
  const last = args.at(-1);
  return last === undefined || last instanceof BrowserWindow ? {} : last;
};

/** What zenity(1) says, `undefined` for cancel; without a display or zenity a dialog is cancelled, and that is said. */
function zenity(args: readonly string[], wanted: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const dialog = spawn('zenity', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    dialog.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    dialog.on('error', () => {
      console.error(`[chromium host] no ${wanted} dialog here (zenity is not installed): cancelled`);
      resolve(undefined);
    });
    dialog.on('close', (code) => resolve(code === 0 ? said.trimEnd() : undefined));
  });
}

/** The native dialogs. Tests replace them, on both hosts. */
export const dialog = {
  async showSaveDialog(...args: readonly (BrowserWindow | DialogOptions)[]) {
    const { defaultPath = '' } = optionsOf(args);
    const filePath = await zenity(['--file-selection', '--save', `--filename=${defaultPath}`], 'file');
    return { canceled: !filePath, filePath: filePath ?? '' };
  },
  showErrorBox(title: string, content: string): void {
    console.error(`${title}: ${content}`);
    void zenity(['--error', '--no-markup', `--title=${title}`, `--text=${content}`], 'error');
  },
  async showMessageBox(...args: readonly (BrowserWindow | DialogOptions)[]) {
    const { message = '', detail = '', buttons = ['OK'], cancelId = 0 } = optionsOf(args);
    const other = buttons.findIndex((_, index) => index !== cancelId);
    const labels = [`--ok-label=${buttons[other] ?? ''}`, `--cancel-label=${buttons[cancelId] ?? ''}`];
    const agreed = await zenity(
      ['--question', '--no-markup', `--text=${message}\n\n${detail}`, ...labels],
      'message',
    );
    return { response: agreed === undefined ? cancelId : other, checkboxChecked: false };
  },
};

/** The host has no menu bar; what the keys of a menu would do, Chromium does. */
export const Menu = {
  buildFromTemplate: (template: readonly unknown[]): { readonly items: readonly unknown[] } => ({
    items: template,
  }),
  setApplicationMenu(): void {},
};
