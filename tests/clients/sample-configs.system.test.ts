import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import { scan } from '../../electron/engine/scan.ts';
import { ALL_ACCEPTED, engineOn, planOn, quietRun, scratch, secret } from '../doubles/engine.ts';
import { ADDRESS, furnish, NEW } from '../engine/home.ts';

interface Samples {
  readonly store: string;
  /** Where the client reads its configuration, below the home folder. */
  readonly as: string;
  readonly files: readonly string[];
  /** Where a file holds several configurations, what each begins with. */
  readonly each?: RegExp;
}

const below = (folder: string, names: RegExp): readonly string[] =>
  fs
    .readdirSync(folder, { encoding: 'utf8' })
    .filter((name) => names.test(name))
    .map((name) => path.join(folder, name));

/** What the Debian packages of the clients bring as their configuration, and as examples for one. */
const SAMPLES: readonly Samples[] = [
  {
    store: 'mutt',
    as: '.muttrc',
    files: [
      '/etc/Muttrc',
      '/etc/neomuttrc',
      ...below('/etc/Muttrc.d', /\.rc$/),
      ...below('/etc/neomuttrc.d', /\.rc$/),
      ...below('/usr/share/doc/mutt/examples', /rc|colors/),
      ...below('/usr/share/doc/neomutt/examples', /rc|colors/),
      ...below('/usr/share/doc/neomutt/colorschemes', /neomuttrc/),
      '/usr/share/doc/neomutt/vim-keys/vim-keys.rc',
    ],
  },
  {
    store: 'fetchmail',
    as: '.fetchmailrc',
    files: ['/usr/share/doc/fetchmail/examples/fetchmailrc.example'],
  },
  {
    store: 'offlineimap',
    as: '.offlineimaprc',
    files: below('/usr/share/doc/offlineimap3/examples', /^offlineimap\.conf/),
  },
  { store: 'aerc', as: '.config/aerc/accounts.conf', files: ['/usr/share/aerc/accounts.conf'] },
  { store: 's-nail', as: '.mailrc', files: ['/etc/s-nail.rc'] },
  {
    store: 'getmail',
    as: '.getmail/getmailrc',
    files: ['/usr/share/doc/getmail6/getmailrc-examples.gz'],
    each: /^# Example \d+/m,
  },
  {
    store: 'vdirsyncer',
    as: '.vdirsyncer/config',
    files: ['/usr/share/doc/vdirsyncer/examples/config'],
  },
];

const contentOf = (file: string): Buffer =>
  file.endsWith('.gz') ? gunzipSync(fs.readFileSync(file)) : fs.readFileSync(file);

/** The configurations of a file by name: one, or as many as it holds. */
function configsIn(file: string, each: RegExp | undefined): readonly (readonly [string, Buffer])[] {
  if (!each) return [[file, contentOf(file)]];
  const parts = contentOf(file).toString('latin1').split(each).slice(1);
  return parts.map((part, at) => [`${file} (${at + 1})`, Buffer.from(`#${part}`, 'latin1')]);
}

describe.each(SAMPLES)('$store', ({ store, as, files, each: start }) => {
  const configs = files.flatMap((file) => configsIn(file, start));
  test.each(configs)(
    '%s is read without an error and survives a run for another account',
    async (_, content) => {
      using home = scratch();
      furnish(home);
      home.write(as, content);
      const engine = engineOn(home);
      const { troubles } = await scan(engine);
      expect(
        troubles.filter((each) => each.store === store && each.problem.kind !== 'external-command'),
      ).toEqual([]);
      const plan = await planOn(engine, { account: ADDRESS });
      const report = await apply(engine, plan, { password: secret(NEW) }, ALL_ACCEPTED, quietRun());
      expect(report.outcomes.filter(({ outcome }) => outcome === 'written')).toHaveLength(3);
      expect(fs.readFileSync(home.path(as)).equals(content)).toBe(true);
    },
  );
});
