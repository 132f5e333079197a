import { expect, test } from 'vitest';
import { storeFileOf } from '../../electron/formats/credential-helper.ts';

test.each([
  ['store --file ~/mail.credentials', '/home/anna/mail.credentials'],
  ['store --file=/x/y', '/x/y'],
  ["store --file '/with blank/y'", '/with blank/y'],
  ['store --file "$HOME/y"', '/home/anna/y'],
  ['!git credential-store --file /x', '/x'],
  ['/usr/lib/git-core/git-credential-store --file /x', '/x'],
  ['store', undefined],
  ['store --file', undefined],
  ['store --file $(secret)', undefined],
  ['store --file /x | tee y', undefined],
  ['cache --timeout 60', undefined],
  ['cache --file /x', undefined],
  ['restore --file /x', undefined],
  ['', undefined],
])('%j stores in %j', (helper, file) => {
  expect(storeFileOf(helper, '/home/anna')).toBe(file);
});
