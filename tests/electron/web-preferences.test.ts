import { expect, test } from 'vitest';
import { webPreferences } from '../../electron/web-preferences.ts';

test('nothing about the page is left to a default', () => {
  expect(webPreferences('/app/preload.cjs')).toEqual({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  });
});
