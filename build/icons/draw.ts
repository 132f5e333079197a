import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../../tests/host/chromium.ts';
import { sandboxSwitches, stop } from '../run-app.ts';
import { icns, ico, type Picture } from './containers.ts';

/** Draws `rekey.svg` in every size that the three systems ask for. To be run after a change of the drawing. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = new Set([16, 24, 32, 48, 64, 128, 256]);
const FOLDER = import.meta.dirname;

const executablePath = findChromium();
if (executablePath === undefined)
  stop('Drawing the icons needs a Chromium: install it, or name it in ELECTRON_HOST_CHROMIUM.');

const pictures = await drawn(fs.readFileSync(path.join(FOLDER, 'rekey.svg'), 'utf8'), executablePath);
fs.mkdirSync(path.join(FOLDER, 'png'), { recursive: true });
for (const { size, png } of pictures) fs.writeFileSync(path.join(FOLDER, 'png', `${size}x${size}.png`), png);
fs.writeFileSync(path.join(FOLDER, 'rekey.ico'), ico(pictures.filter(({ size }) => ICO_SIZES.has(size))));
fs.writeFileSync(path.join(FOLDER, 'rekey.icns'), icns(pictures));

async function drawn(svg: string, program: string): Promise<readonly Picture[]> {
  const browser = await chromium.launch({ executablePath: program, args: [...sandboxSwitches()] });
  const page = await browser.newPage({ viewport: { width: 1024, height: 1024 } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  const pictures: Picture[] = [];
  for (const size of SIZES) {
    await page.addStyleTag({ content: `svg{width:${size}px;height:${size}px}` });
    const clip = { x: 0, y: 0, width: size, height: size };
    pictures.push({ size, png: await page.screenshot({ clip, omitBackground: true }) });
  }
  await browser.close();
  return pictures;
}
