import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { attempt } from './errors.ts';

/**
 * Whether KWallet would ask the user before it lets a program that it does not know into an open wallet
 * (`Prompt on Open` in kwalletrc, read in `KWalletD::reconfigure`). In doubt it would.
 */
export function asksBeforeOpening(env: (name: string) => string | undefined): boolean {
  const home = env('XDG_CONFIG_HOME') || path.join(env('HOME') || os.homedir(), '.config');
  const folders = [home, ...(env('XDG_CONFIG_DIRS') || '/etc/xdg').split(':')];
  return folders.some((folder) => saysSo(path.join(folder, 'kwalletrc')));
}

function saysSo(file: string): boolean {
  if (!fs.existsSync(file)) return false;
  const text = attempt(file, () => fs.readFileSync(file, 'utf8'));
  return !text.ok || /^\s*Prompt on Open\b(?!.*=\s*(?:false|off|no|0)\s*$)/im.test(text.value);
}
