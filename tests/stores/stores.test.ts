import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../shared/model.ts';
import type { Store } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import { STORES } from '../../electron/stores/index.ts';
import * as fixture from './fixture.ts';

/** Stores without files have no fixture homes; what tests them instead. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  keychain: 'tests/system/secret-service.system.test.ts',
};

const update = process.env['REKEY_UPDATE_FIXTURES'] === '1';

describe.each(STORES.map((store) => ({ store, id: store.id })))('store $id', ({ store }) => {
  test('has fixtures', () => {
    const elsewhere = TESTED_ELSEWHERE[store.id];
    if (elsewhere === undefined) expect(fixture.casesOf(store.id)).not.toEqual([]);
    else expect(fs.existsSync(elsewhere)).toBe(true);
  });

  describe.each(fixture.casesOf(store.id))('%s', (name) => {
    const folder = fixture.caseFolder(store.id, name);

    test('find gives exactly entries.json and changes nothing', async () => {
      using scratch = fixture.scratchHome(folder);
      const found = fixture.portable(await fixture.findAll(store, scratch.machine), scratch.home);
      const file = path.join(folder, 'entries.json');
      if (update) fs.writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      expect(found).toEqual(JSON.parse(fs.readFileSync(file, 'utf8')));
      expect(fixture.tree(scratch.home)).toEqual(fixture.tree(path.join(folder, 'home')));
      expect(fixture.tree(scratch.system)).toEqual(fixture.tree(path.join(folder, 'system')));
    });

    test('put gives home.after byte for byte', async () => {
      using scratch = fixture.scratchHome(folder);
      await putAll(store, folder, scratch);
      for (const part of ['home', 'system'] as const) {
        const after = path.join(folder, `${part}.after`);
        if (update) copy(scratch[part], after);
        expect(fixture.tree(scratch[part])).toEqual(fixture.tree(after));
      }
      checkKept(path.join(folder, 'keyring.after.json'), scratch.keyring.items);
      checkKept(path.join(folder, 'wallet.after.json'), scratch.wallet.file);
    });

    test('removing the leftovers gives home.removed byte for byte, and get gives nothing', async () => {
      using scratch = fixture.scratchHome(folder);
      const removed = path.join(folder, 'home.removed');
      const count = await removeAll(store, folder, scratch);
      expect(count > 0).toBe(update ? count > 0 : fs.existsSync(removed));
      if (count === 0) return;
      if (update) copy(scratch.home, removed);
      expect(fixture.tree(scratch.home)).toEqual(fixture.tree(removed));
    });

    test('get(put(s)) is s, put(get) is the same bytes', async () => {
      using scratch = fixture.scratchHome(folder);
      const { entries } = await fixture.findAll(store, scratch.machine);
      const given = fixture.readCase(folder);
      for (const entry of entries.filter((each) => fixture.writable(each, given))) {
        checkLaws(store, scratch, entry, given);
      }
    });
  });
});

/** What a keyring or wallet holds after `put`, where the fixture brings one. */
function checkKept(file: string, held: unknown): void {
  if (held === undefined) return;
  if (update) fs.writeFileSync(file, `${JSON.stringify(held, null, 2)}\n`);
  expect(held).toEqual(JSON.parse(fs.readFileSync(file, 'utf8')));
}

type Scratch = fixture.ScratchHome;

function copy(from: string, to: string): void {
  if (fs.existsSync(from)) fs.cpSync(from, to, { recursive: true, force: true, verbatimSymlinks: true });
}

async function putAll(store: Store, folder: string, scratch: Scratch): Promise<void> {
  const { machine, keyring, wallet } = scratch;
  const given = fixture.readCase(folder);
  const { entries } = await fixture.findAll(store, machine);
  for (const entry of entries.filter((each) => fixture.writable(each, given))) {
    const bytes = put(store, machine, entry, given, given.password, fixture.bytesAt(scratch, entry.place));
    if (entry.place.kind === 'file') fs.writeFileSync(scratch.real(entry.place.path), bytes);
    else if (entry.place.kind === 'kwallet') wallet.write(entry.place, bytes);
    else keyring.write(entry.place, bytes);
  }
}

async function removeAll(store: Store, folder: string, { machine }: Scratch): Promise<number> {
  const given = fixture.readCase(folder);
  const { entries } = await fixture.findAll(store, machine);
  const leftovers = entries.filter(({ leftover }) => leftover);
  for (const entry of leftovers) {
    const file = pathOf(entry);
    const key = fixture.keyOf(store, machine, entry, given);
    const using = { ...fixture.FIXED, ...(key ? { key } : {}) };
    const lens = fixture.lensOf(entry);
    const left = lens.remove?.(fs.readFileSync(file), entry.slot, using);
    if (!left?.ok || !left.value) throw new Error(`${file}: not removed`);
    expect(lens.get(left.value, entry.slot, key)).toEqual({ ok: true, value: undefined });
    fs.writeFileSync(file, left.value);
  }
  return leftovers.length;
}

function checkLaws(store: Store, scratch: Scratch, entry: Entry, given: fixture.Case): void {
  const { machine } = scratch;
  const before = fixture.bytesAt(scratch, entry.place);
  const key = fixture.keyOf(store, machine, entry, given);
  const written = put(store, machine, entry, given, given.password, before);
  const read = fixture.lensOf(entry).get(written, entry.slot, key);
  expect(read.ok && read.value?.equals(Secret.fromText(given.password))).toBe(true);
  expect(put(store, machine, entry, given, given.password, written).equals(written)).toBe(true);
  if (!before || entry.stored === 'missing') return;
  const old = fixture.lensOf(entry).get(before, entry.slot, key);
  if (!old.ok || !old.value) throw new Error('the fixture holds no readable value');
  const same = fixture
    .lensOf(entry)
    .put(before, entry.slot, old.value, { ...fixture.FIXED, ...(key ? { key } : {}) });
  expect(same.ok && same.value.equals(before)).toBe(true);
}

function put(
  store: Store,
  machine: Scratch['machine'],
  entry: Entry,
  given: fixture.Case,
  text: string,
  before: Buffer | undefined,
): Buffer {
  const key = fixture.keyOf(store, machine, entry, given);
  const using = { ...fixture.FIXED, ...(key ? { key } : {}) };
  const result = fixture.lensOf(entry).put(before, entry.slot, Secret.fromText(text), using);
  if (!result.ok) throw new Error(`${entry.client}: ${result.problem.kind}`);
  return result.value;
}

function pathOf(entry: Entry): string {
  if (entry.place.kind !== 'file') throw new Error('not a file');
  return entry.place.path;
}
