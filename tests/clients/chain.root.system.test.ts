import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeHome, PLACES, type ScratchHome } from '../lab/home.ts';
import { startLab, type Lab } from '../lab/lab.ts';
import { rekey, type Rekeyed } from './rekey.ts';
import { seedThunderbird, thunderbirdLogsIn, withThunderbird } from './thunderbird.ts';
import { all, CLIENTS, NETRC_CLIENTS, workingIn } from './working.ts';

const ALICE = 'alice@lab.test';
const OLD = 'old-Pass-1';
const WRONG = 'never the right one';
/** Everything that trips quoting; netrc has no spelling for `"` and `\` that all its readers share. */
const NASTY = String.raw`new " ' \ # $& % ; & é € 1`;
/** A part of it that no report would have to escape. */
const UNQUOTED = NASTY.slice(-12);
/** What every format can hold. */
const PLAIN = `new ' # $& % ; & é € 2`;
const LATE = 'new-3';

const LOGINS = '.thunderbird/lab.default/logins.json';
const NETRC = ['.authinfo', '.netrc'];

let lab: Lab;
let home: ScratchHome;
let state: string;
beforeAll(async () => {
  lab = await startLab({ users: { [ALICE]: OLD } });
  return () => lab.stop();
});
beforeAll(async () => {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-chain-'));
  state = path.join(scratch, 'state');
  home = makeHome(path.join(scratch, 'home'), lab, { login: ALICE, password: OLD });
  await seedThunderbird(home, lab, { login: ALICE, password: OLD });
  return () => fs.rmSync(scratch, { recursive: true, force: true });
});

const common = (): string[] => ['--home', home.dir, '--state', state];

const apply = (password: string, ...more: readonly string[]): Promise<Rekeyed> =>
  rekey(
    ['apply', ...common(), '--account', ALICE, '--ca', lab.caFile, '--password-stdin', '--yes', ...more],
    {
      input: `${password}\n`,
      env: home.environment,
    },
  );

/** The bytes of every place, and the time it was last written. */
const contents = (): Record<string, string> =>
  Object.fromEntries(PLACES.map((name) => [name, fs.readFileSync(path.join(home.dir, name), 'latin1')]));
const times = (): Record<string, bigint> =>
  Object.fromEntries(
    PLACES.map((name) => [name, fs.statSync(path.join(home.dir, name), { bigint: true }).mtimeNs]),
  );

/** What became of each place: all outcomes of its slots, without repetition. */
function outcomes({ result }: Rekeyed): Record<string, string> {
  const byPlace = new Map<string, Set<string>>();
  for (const { where, outcome = 'none', reason } of result.targets) {
    const name = path.relative(home.dir, where);
    const known = byPlace.get(name) ?? new Set();
    byPlace.set(name, known.add(outcome === 'failed' ? `failed: ${reason?.kind}` : outcome));
  }
  return Object.fromEntries([...byPlace].map(([name, seen]) => [name, [...seen].sort().join(', ')]));
}

const everywhere = (outcome: string, places: readonly string[] = PLACES): Record<string, string> =>
  Object.fromEntries(places.map((name) => [name, outcome]));

const working = (): Promise<Record<string, boolean>> => workingIn(home, lab, ALICE);

// one story: each test goes on where the one before it ended
describe('a reset password', { timeout: 90_000 }, () => {
  let before: Record<string, string>;
  beforeAll(() => {
    before = contents();
  });

  test('locks every client out while Rekey has not run', async () => {
    expect(await working()).toEqual(all([...CLIENTS, ...NETRC_CLIENTS], true));
    await lab.setPassword(ALICE, NASTY);
    expect(await working()).toEqual(all([...CLIENTS, ...NETRC_CLIENTS], false));
  });

  test('that the server rejects costs one attempt and changes nothing', async () => {
    lab.resetAttempts();
    const kept = times();
    const { code, result, said } = await apply(WRONG);
    expect(code).toBe(3);
    expect(result).toMatchObject({ changed: false });
    expect(await lab.attempts(ALICE)).toEqual([{ protocol: 'imap', verdict: 'rejected' }]);
    expect(contents()).toEqual(before);
    expect(times()).toEqual(kept);
    expect(said).not.toContain(WRONG);
  });

  test('is written wherever the format can hold it', async () => {
    lab.resetAttempts();
    const rekeyed = await apply(NASTY);
    expect(outcomes(rekeyed)).toMatchObject({
      ...everywhere('written'),
      ...everywhere('failed: format-cannot-hold', NETRC),
    });
    expect(rekeyed).toMatchObject({ code: 4, result: { changed: true, failed: true } });
    // what Rekey says of its logins is what the server saw: one at each of four doors
    const seen = (await lab.attempts(ALICE)).map(({ protocol, verdict }) => ({ protocol, result: verdict }));
    expect(seen.map(({ protocol }) => protocol)).toEqual(['imap', 'imap', 'smtp', 'smtp']);
    expect(rekeyed.result.check).toEqual(seen);
    expect(rekeyed.said).not.toContain(UNQUOTED);
    for (const name of NETRC) expect(contents()[name]).toBe(before[name]);
  });

  test('lets every client in that could be given it', async () => {
    expect(await working()).toEqual({ ...all(CLIENTS, true), ...all(NETRC_CLIENTS, false) });
  });

  test('is not written a second time', async () => {
    const kept = times();
    const again = await apply(NASTY);
    expect(again).toMatchObject({ code: 4, result: { changed: false } });
    expect(outcomes(again)).toMatchObject(
      everywhere(
        'unchanged',
        PLACES.filter((name) => !NETRC.includes(name)),
      ),
    );
    expect(times()).toEqual(kept);
  });

  test('is taken back to the byte', async () => {
    const undone = await rekey(['undo', ...common()], { env: home.environment });
    expect(undone.code).toBe(0);
    expect(contents()).toEqual(before);
  });

  test('that every format can hold reaches every client', async () => {
    await lab.setPassword(ALICE, PLAIN);
    const rekeyed = await apply(PLAIN);
    expect(outcomes(rekeyed)).toMatchObject(everywhere('written'));
    expect(rekeyed).toMatchObject({ code: 0, result: { changed: true, failed: false } });
    expect(rekeyed.result.targets.map(({ verified }) => verified)).not.toContain(false);
    expect(await working()).toEqual(all([...CLIENTS, ...NETRC_CLIENTS], true));
  });

  test('waits for Thunderbird to be closed, and for nobody else', async () => {
    await lab.setPassword(ALICE, LATE);
    const kept = contents()[LOGINS];
    const early = await withThunderbird(home, () => apply(LATE));
    expect(outcomes(early)).toMatchObject({ ...everywhere('written'), [LOGINS]: 'deferred' });
    expect(early).toMatchObject({ code: 7, result: { changed: true } });
    expect(contents()[LOGINS]).toBe(kept);
    const late = await apply(LATE);
    expect(outcomes(late)).toMatchObject({ ...everywhere('unchanged'), [LOGINS]: 'written' });
    expect(late).toMatchObject({ code: 0, result: { changed: true } });
    expect(await thunderbirdLogsIn(home, lab, ALICE)).toEqual({ imap: true, smtp: true });
  });

  test('is added where Thunderbird is set up without one, and Thunderbird takes it', async () => {
    const profile = path.dirname(path.join(home.dir, LOGINS));
    fs.rmSync(path.join(profile, 'logins-backup.json'), { force: true });
    const stored = JSON.parse(fs.readFileSync(path.join(home.dir, LOGINS), 'utf8')) as { logins: Stored[] };
    const logins = stored.logins.filter(({ hostname }) => !hostname.startsWith('smtp:'));
    expect(logins.length).toBeLessThan(stored.logins.length);
    fs.writeFileSync(path.join(home.dir, LOGINS), JSON.stringify({ ...stored, logins }));
    expect(outcomes(await apply(LATE))[LOGINS]).toBe('skipped, unchanged');
    const added = await apply(LATE, '--add-missing');
    expect(outcomes(added)[LOGINS]).toBe('unchanged, written');
    expect(await thunderbirdLogsIn(home, lab, ALICE)).toEqual({ imap: true, smtp: true });
  });
});

interface Stored {
  readonly hostname: string;
}
