import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accepted, storedPasswords } from '../doubles/mail-clients.ts';
import { HOME_FILES, PEOPLE, UNRELATED } from '../doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../doubles/mail-server.ts';
import { changedFiles, snapshot, writtenFiles, type Snapshot } from '../doubles/snapshot.ts';
import { makeBench, outcomesOf, OWNER, type Bench } from './installed.ts';

const { owner, colleague } = PEOPLE;

/** What every format can hold, netrc included. */
const PLAIN = ` new '#$%;& é€ `;
/** What netrc has no spelling for that all its readers share. */
const QUOTED = String.raw`new " ' \ # $ % ; & é €`;
/** What a replacement text or a printf format would expand. */
const EXPANDING = '$& $1 $` $$ %s %% ${HOME} `id`';

const NETRC = ['.netrc', '.authinfo'];
const FILES = HOME_FILES.map(({ name }) => name);

let server: MailServer;
let bench: Bench;
let original: Snapshot;
beforeAll(async () => {
  server = await startMailServer({
    users: { [owner.login]: owner.password, [colleague.login]: colleague.password },
  });
  bench = makeBench(server);
  original = snapshot(bench.home);
});
afterAll(async () => {
  await server.stop();
  bench[Symbol.dispose]();
});

const working = () => accepted(bench.home, server, OWNER);

// one story: each test goes on where the one before it ended
describe('a reset password', () => {
  test('leaves every program outside until Rekey has run', async () => {
    expect(await working()).toEqual({ accepted: 9, stored: 9 });
    server.setPassword(OWNER, PLAIN);
    expect(await working()).toEqual({ accepted: 0, stored: 9 });
  });

  test('is asked for by scan and plan, which write nothing', async () => {
    const scanned = await bench.rekey(['scan']);
    expect({ code: scanned.code, accounts: scanned.result().accounts }).toEqual({
      code: 0,
      accounts: [
        { address: owner.login, logins: [owner.login] },
        { address: PEOPLE.tokenLogin, logins: [PEOPLE.tokenLogin] },
        { address: colleague.login, logins: [colleague.login] },
      ],
    });
    const planned = await bench.rekey(['plan', '--account', OWNER]);
    expect(planned.code).toBe(1);
    expect(planned.result().targets.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 9 }, () => 'unknown'),
      'missing',
    ]);
    expect(writtenFiles(original, snapshot(bench.home))).toEqual([]);
  });

  test('is known by value when it comes in a manifest', async () => {
    const manifest = JSON.stringify({ account: OWNER, password: PLAIN, oldPassword: owner.password });
    const { code, result } = await bench.rekey(['plan', '--manifest', '-'], manifest);
    expect(code).toBe(1);
    expect(result().targets.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 9 }, () => 'stale'),
      'missing',
    ]);
  });

  test('lets every program in once it is applied, and no neighbour changes', async () => {
    expect((await bench.apply(PLAIN)).code).toBe(0);
    expect(await working()).toEqual({ accepted: 9, stored: 9 });
    expect(await accepted(bench.home, server, colleague.login)).toEqual({ accepted: 2, stored: 2 });
    for (const name of ['.netrc', '.git-credentials']) {
      expect(fs.readFileSync(bench.path(name), 'utf8')).toContain(UNRELATED);
    }
  });

  test('is not written a second time', async () => {
    const before = snapshot(bench.home);
    const again = await bench.apply(PLAIN);
    expect({ code: again.code, changed: again.result().changed }).toEqual({ code: 0, changed: false });
    expect(outcomesOf(again, bench.home)['.msmtprc']).toBe('unchanged');
    expect(writtenFiles(before, snapshot(bench.home))).toEqual([]);
  });

  test('is in step by status, which needs no password', async () => {
    expect((await bench.rekey(['status', '--account', OWNER])).code).toBe(0);
  });

  test('is found by value where it stands already', async () => {
    const manifest = JSON.stringify({ account: OWNER, password: PLAIN });
    const { code, result } = await bench.rekey(['plan', '--manifest', '-'], manifest);
    expect(code).toBe(0);
    expect(result().targets.filter(({ state }) => state === 'current')).toHaveLength(9);
  });

  test('is taken back to the byte', async () => {
    const undone = await bench.rekey(['undo']);
    expect({ code: undone.code, changed: undone.result().changed }).toEqual({ code: 0, changed: true });
    expect(changedFiles(original, snapshot(bench.home))).toEqual([]);
  });

  test('cannot be taken back twice', async () => {
    const again = await bench.rekey(['undo']);
    expect({ code: again.code, kind: again.result().reason?.kind }).toEqual({ code: 2, kind: 'run-unknown' });
    expect(changedFiles(original, snapshot(bench.home))).toEqual([]);
  });
});

test('a password that netrc cannot hold is in every other place, and two places say so', async () => {
  server.setPassword(OWNER, QUOTED);
  const applied = await bench.apply(QUOTED);
  expect(applied.code).toBe(4);
  const wanted = FILES.map((name) => [name, NETRC.includes(name) ? 'failed: format-cannot-hold' : 'written']);
  expect(outcomesOf(applied, bench.home)).toMatchObject(Object.fromEntries(wanted));
  expect(await working()).toEqual({ accepted: 7, stored: 9 });
  const drift = await bench.rekey(['status', '--account', OWNER]);
  expect(drift.code).toBe(1);
  expect((await bench.rekey(['undo'])).code).toBe(0);
  expect(changedFiles(original, snapshot(bench.home))).toEqual([]);
});

test('a password that looks like a template is stored as it is', async () => {
  server.setPassword(OWNER, EXPANDING);
  expect((await bench.apply(EXPANDING)).code).toBe(0);
  const values = (await storedPasswords(bench.home, OWNER)).map(({ value }) => value);
  expect(values).toEqual(Array.from({ length: 9 }, () => EXPANDING));
  expect(await working()).toEqual({ accepted: 9, stored: 9 });
  expect((await bench.rekey(['undo'])).code).toBe(0);
  expect(changedFiles(original, snapshot(bench.home))).toEqual([]);
});

test('one place is done at a time, and undone at a time', async () => {
  server.setPassword(OWNER, PLAIN);
  const targets = (await bench.rekey(['plan', '--account', OWNER])).result().targets;
  const id = targets.find(({ where }) => where === bench.path('.msmtprc'))?.id ?? '';
  expect((await bench.apply(PLAIN, '--only', id)).code).toBe(0);
  expect(changedFiles(original, snapshot(bench.home))).toEqual(['.msmtprc']);
  const rest = await bench.apply(PLAIN, '--except', id);
  expect(rest.code).toBe(0);
  const [last, first] = (await bench.rekey(['history'])).result().runs ?? [];
  expect([first?.places, last?.places.length]).toEqual([[bench.path('.msmtprc')], 7]);
  for (const run of [first?.id ?? '', last?.id ?? ''])
    expect((await bench.rekey(['undo', run])).code).toBe(0);
  expect(changedFiles(original, snapshot(bench.home))).toEqual([]);
});

test('an edit between apply and undo survives, beside the password that was restored elsewhere', async () => {
  expect((await bench.apply(PLAIN)).code).toBe(0);
  fs.appendFileSync(bench.path('.mbsyncrc'), '\n# my own line\n');
  expect((await bench.rekey(['undo'])).code).toBe(9);
  expect(fs.readFileSync(bench.path('.mbsyncrc'), 'utf8')).toMatch(/# my own line\n$/);
  expect(changedFiles(original, snapshot(bench.home))).toEqual(['.mbsyncrc']);
  // the place that kept the new password is brought back by the next reset
  server.setPassword(OWNER, owner.password);
  expect((await bench.apply(owner.password)).code).toBe(0);
  expect(await working()).toEqual({ accepted: 9, stored: 9 });
});
