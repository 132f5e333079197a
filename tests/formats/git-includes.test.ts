import { expect, test } from 'vitest';
import { fail, ok } from '../../shared/problem.ts';
import { type GitView, readGitConfiguration } from '../../electron/formats/git-includes.ts';

const valuesOf = ({ settings }: GitView): string =>
  settings
    .filter(({ section }) => section === 'a')
    .map(({ value }) => value)
    .join(' ');

function views(files: Readonly<Record<string, string>>): readonly string[] {
  const home = '/home/anna';
  const read = (path: string) => {
    const text = files[path];
    return ok(text === undefined ? undefined : Buffer.from(text));
  };
  return readGitConfiguration({ home, read }, ['/x/config', '/home/anna/.gitconfig']).views.map(valuesOf);
}

test('files and includes are read in the order of git', () => {
  expect(
    views({
      '/x/config': '[a]b=1\n[include]path=sub/inc\npath=~/inc\n[a]b=5',
      '/x/sub/inc': '[a]b=2\n[include]path=../more',
      '/x/more': '[a]b=3',
      '/home/anna/inc': '[a]b=4',
      '/home/anna/.gitconfig': '[a]b=6',
    }),
  ).toEqual(['1 2 3 4 5 6']);
});

test('every condition makes a view of its own, a nested one with what is around it', () => {
  expect(
    views({
      '/x/config': '[a]b=1\n[includeIf "gitdir:~/w/"]path=/w\n[includeIf "onbranch:x"]path=/x/b\n[a]b=9',
      '/w': '[a]b=w\n[includeIf "gitdir:y"]path=/w2\n[include]path=/w3',
      '/w2': '[a]b=w2',
      '/w3': '[a]b=w3',
      '/x/b': '[a]b=b',
    }),
  ).toEqual(['1 9', '1 w w3 9', '1 w w2 w3 9', '1 b 9']);
});

test('circles, other homes, empty and absent paths end nowhere', () => {
  expect(
    views({
      '/x/config':
        '[a]b=1\n[include]path=/x/config\npath=/y\npath=~root/z\npath=%(prefix)/z\npath\npath=\npath=/absent',
      '/y': '[a]b=2\n[include]path=/x/config',
    }),
  ).toEqual(['1 2']);
});

test('what cannot be read or understood is told once, with its path', () => {
  const read = (path: string) => (path === '/bad' ? ok(Buffer.from('[a\n')) : fail('access-denied', path));
  const { problems, views } = readGitConfiguration({ home: '/h', read }, ['/bad', '/shut', '/bad']);
  expect(problems).toEqual([
    { kind: 'unsupported', subject: '/bad', detail: 'bad config line 1' },
    { kind: 'access-denied', subject: '/shut' },
  ]);
  expect(views.map(valuesOf)).toEqual(['']);
});
