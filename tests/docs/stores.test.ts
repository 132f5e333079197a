import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../shared/model.ts';
import { aboutOf, storeDocuments } from '../../build/docs/stores.ts';
import { STORES } from '../../electron/stores/index.ts';
import { caseFolder, casesOf } from '../stores/fixture.ts';

/** Said of the store by its fixtures: what its entries can end as. */
function seenIn(id: string): Readonly<Record<string, boolean>> {
  const entries = casesOf(id).flatMap((name) => {
    const file = path.join(caseFolder(id, name), 'entries.json');
    return (JSON.parse(fs.readFileSync(file, 'utf8')) as { entries: Entry[] }).entries;
  });
  const isOpen = ({ auth, problem }: Entry): boolean => auth === 'password' && !problem;
  return {
    changes: entries.some((entry) => isOpen(entry) && entry.stored !== 'missing'),
    adds: entries.some((entry) => isOpen(entry) && entry.addable === true),
    removes: entries.some(({ leftover }) => leftover === true),
    guides: entries.some(({ guide, problem }) => guide !== undefined || problem?.kind === 'by-hand'),
  };
}

test.each(['docs/stores.md', 'README.md'])('%s says of the stores what the stores say', async (file) => {
  const documents = await storeDocuments();
  expect(fs.readFileSync(file, 'utf8'), 'npm run docs:stores writes it').toBe(documents.get(file));
});

describe.each(STORES.map(({ id }) => id))('%s', (id) => {
  const about = aboutOf(id);

  test('has an about.json beside its fixtures', () => {
    expect(about).toBeDefined();
  });

  test('is said to do what its fixtures show', () => {
    if (!about || casesOf(id).length === 0) return;
    const { changes, adds, removes, guides } = about;
    const said = Object.entries({ changes, adds, removes, guides });
    expect(Object.fromEntries(said.map(([name, value]) => [name, value !== undefined]))).toEqual(seenIn(id));
  });

  test('names tests that exist', () => {
    const tests = about?.evidence.flatMap((each) => each.tests) ?? [];
    expect(tests.filter((file) => !fs.existsSync(file))).toEqual([]);
  });
});
