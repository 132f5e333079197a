import { protocol } from './schemes.ts';

type PermissionRequest = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;

let onRequest: PermissionRequest = (_contents, _permission, answer) => answer(true);

/** Electron's names of permissions and Chromium's. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  notifications: 'notifications',
  geolocation: 'geolocation',
  media: 'microphone',
  camera: 'camera',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  midi: 'midi',
  'idle-detection': 'idle-detection',
};

/** What the app decides on every permission. Chromium wants to know in advance, so each is asked for once a window. */
export function decisions(
  contents: unknown,
): readonly { readonly name: string; readonly granted: boolean }[] {
  return Object.entries(PERMISSIONS).map(([electron, name]) => {
    let granted = false;
    onRequest(contents, electron, (answer) => {
      granted = answer;
    });
    return { name, granted };
  });
}

export const session = {
  defaultSession: {
    protocol,
    setPermissionRequestHandler(handler: PermissionRequest): void {
      onRequest = handler;
    },
    /** Look-ups follow the requests here: Chromium has one setting for both. */
    setPermissionCheckHandler(): void {},
    /** There are no devices to ask for. */
    setDevicePermissionHandler(): void {},
  },
};
