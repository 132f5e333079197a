import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { WindowTexts } from '../shared/messages/window.ts';

/** A menu for its keys: editing, zoom and full screen; hidden where the platform lets it be. */
export function menuFor(platform: NodeJS.Platform, texts: WindowTexts): Menu {
  const view: MenuItemConstructorOptions = {
    label: texts.view,
    submenu: [
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const application: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return Menu.buildFromTemplate([...application, { role: 'editMenu' }, view]);
}
