/** The rooms of the house and what each may import. One row per room; a file belongs to the first that matches. */
export interface Room {
  readonly name: string;
  readonly files: RegExp;
  /** Files of the project, by path from the root. `type-only` ones may be named in `import type` alone. */
  readonly may: readonly RegExp[];
  readonly typesFrom?: readonly RegExp[];
  /** Packages and Node modules beyond the harmless ones. */
  readonly packages?: readonly RegExp[];
}

const shared = /^shared\//;
const formats = /^electron\/formats\//;
const engine = /^electron\/engine\//;
const contracts = /^electron\/engine\/(ports|secret)\.ts$/;
const stores = /^electron\/stores\//;
const login = /^electron\/login\//;
const system = /^electron\/system\//;
const cli = /^electron\/cli(\.ts$|\/)/;
/** How a run is told, without a terminal: what `--json` prints is also what the app saves. */
const report = /^electron\/report\//;
const app = /^electron\/app\//;
const main =
  /^electron\/(main|ipc|window|web-preferences|app-protocol|page-address|closing|launch|menu|reviving|saving)\.ts$/;
const renderer = /^renderer\//;

const zod = /^zod$/;
const machineAccess =
  /^(node:(fs|fs\/promises|child_process|sqlite|os|worker_threads)|koffi|keytar|dbus-native)$/;
const network = /^(node:(net|tls|dns|dns\/promises|http|https|http2|dgram)|imapflow|nodemailer(\/.*)?)$/;

/** Node modules without effects: allowed in every room outside the page. */
const pure = /^node:(path|crypto|util|buffer|url|assert|timers\/promises|events|module)$/;

export const ROOMS: readonly Room[] = [
  { name: 'shared', files: shared, may: [shared], packages: [zod] },
  {
    name: 'renderer',
    files: renderer,
    may: [shared, renderer],
    packages: [/^react(-dom)?(\/.*)?$/, zod, /^@zxcvbn-ts\//],
  },
  { name: 'formats', files: formats, may: [shared, formats, contracts], packages: [pure] },
  {
    name: 'engine',
    files: engine,
    may: [shared, engine, /^electron\/formats\/index\.ts$/],
    typesFrom: [stores, login, system, formats],
    packages: [pure, /^tldts$/],
  },
  { name: 'stores', files: stores, may: [shared, formats, contracts, stores], packages: [pure] },
  { name: 'login', files: login, may: [shared, contracts, login], packages: [pure, network] },
  { name: 'system', files: system, may: [shared, contracts, system], packages: [pure, machineAccess] },
  { name: 'report', files: report, may: [shared, engine, report], packages: [pure] },
  {
    name: 'cli',
    files: cli,
    may: [shared, engine, cli, report, login, system, /^electron\/stores\/index\.ts$/, /^package\.json$/],
    packages: [pure, zod, /^node:(process|os|tty|readline|string_decoder)$/],
  },
  {
    name: 'app',
    files: app,
    may: [shared, engine, login, system, app, report, /^electron\/stores\/index\.ts$/],
    packages: [pure, zod],
  },
  {
    name: 'main',
    files: main,
    may: [shared, engine, login, system, app, /^electron\/stores\/index\.ts$/, main],
    packages: [pure, /^electron$/, zod],
  },
  {
    name: 'preload',
    files: /^electron\/preload\.ts$/,
    may: [],
    typesFrom: [shared],
    packages: [/^electron$/],
  },
];

/** One import statement of a file. */
export interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

const STATEMENT =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|\b(?:import|require|createRequire\([^)]*\))\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The imports of a source text, dynamic ones included. */
export function importsOf(source: string): readonly Import[] {
  return [...source.matchAll(STATEMENT)].map(([, type, from, dynamic]) => ({
    from: from ?? dynamic ?? '',
    typeOnly: type !== undefined,
  }));
}

/** Why a file of a room may not import what it imports; empty when all is well. */
export function trespasses(
  file: string,
  source: string,
  resolve: (from: string) => string,
): readonly string[] {
  const room = ROOMS.find(({ files }) => files.test(file));
  if (!room) return [];
  return importsOf(source).flatMap(({ from, typeOnly }) => {
    const allowed = from.startsWith('.')
      ? isAllowed(room, resolve(from), typeOnly)
      : (room.packages ?? []).some((each) => each.test(from));
    return allowed
      ? []
      : [`${file}: ${room.name} may not import ${from}${typeOnly ? ' (even as a type)' : ''}`];
  });
}

function isAllowed(room: Room, target: string, typeOnly: boolean): boolean {
  if (room.may.some((each) => each.test(target))) return true;
  return typeOnly && (room.typesFrom ?? []).some((each) => each.test(target));
}
