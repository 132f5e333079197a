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
];

const contentOf = (file: string): Buffer =>
  file.endsWith('.gz') ? gunzipSync(fs.readFileSync(file)) : fs.readFileSync(file);

describe.each(SAMPLES)('$store', ({ store, as, files }) => {
  test.each(files)('%s is read without an error and survives a run for another account', async (file) => {
    using home = scratch();
    furnish(home);
    const content = contentOf(file);
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
  });
});
