import fs from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { STAND_IN, whichHost } from './which.ts';

const ROOT = path.join(import.meta.dirname, '../..');

/** Where the app lives: its state and profile lie in `scratch`; `options` are more of its command line. */
export interface Start {
  /** The folder of the app; the project's own unless it is named. */
  readonly app?: string;
  readonly scratch: string;
  readonly home: string;
  readonly options: readonly string[];
  /** The environment of a desktop session: the app then works on its own home there, with its bus and keyring. */
  readonly session?: Readonly<Record<string, string>>;
}

/** What the program is called with: the app, and where it lives. */
export const argumentsOf = ({ app = ROOT, scratch, home, options, session }: Start): string[] => [
  app,
  `--user-data-dir=${path.join(scratch, 'profile')}`,
  ...(session ? [] : [`--home=${home}`]),
  `--state=${path.join(scratch, 'state')}`,
  ...options,
];

/** Starts the built app on a home of its own, on Electron or on the host. */
export function launch(start: Start): Promise<ElectronApplication> {
  // Playwright asks the npm package `electron` for the program, and the package asks this variable
  if (whichHost().kind === 'chromium') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = STAND_IN;
  // whatever the app and the browser leave lying is looked through, and goes away with the rest
  const temporary = path.join(start.scratch, 'tmp');
  fs.mkdirSync(temporary, { recursive: true });
  const own = stringsOf(process.env);
  const surroundings = start.session ? { ...screenIn(own), ...start.session } : { ...own, HOME: start.home };
  return _electron.launch({ args: argumentsOf(start), env: { ...surroundings, TMPDIR: temporary } });
}

/** The page once it is there: on both hosts a window begins with a blank one. */
export async function firstPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL(({ pathname }) => pathname.endsWith('/index.html'));
  await page.waitForLoadState();
  return page;
}

/** The main process, which is the one that Playwright started. */
export function pidOf(app: ElectronApplication): number {
  const { pid } = app.process();
  if (pid === undefined) throw new Error('the app has no process');
  return pid;
}

/** A private session has no screen of its own. */
const screenIn = ({ DISPLAY, XAUTHORITY }: Record<string, string>): Record<string, string> => ({
  ...(DISPLAY === undefined ? {} : { DISPLAY }),
  ...(XAUTHORITY === undefined ? {} : { XAUTHORITY }),
});

function stringsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) given[name] = value;
  return given;
}
