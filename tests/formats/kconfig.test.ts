import { expect, test } from 'vitest';
import { readKConfig, type KConfig } from '../../electron/formats/kconfig.ts';

function read(text: string): KConfig {
  const config = readKConfig(Buffer.from(text));
  if (!config.ok) throw new Error(config.problem.kind);
  return config.value;
}

test('groups are read once however often they appear, and the last of a key counts', () => {
  const config = read('stray=1\n[a]\nk=1\n[b][c]\nk=2\n# k=9\n\n[a][$i]\n k = two words \r\nl=\n');
  expect(config.groups).toEqual(['a', 'b\x1dc']);
  expect(config.text('a', 'k')).toBe('two words');
  expect(config.text('b\x1dc', 'k')).toBe('2');
  expect(config.text('a', 'l')).toBe('');
  expect(config.text('a', 'stray')).toBeUndefined();
});

test('options and languages of a key', () => {
  const config = read('[a]\nk[$i]=1\nl[de]=2\nm[$e]=$HOME/x\nn[$e]=plain\no=3\no[$d]\np=$HOME\n');
  const keys = ['k', 'l', 'm', 'n', 'o', 'p'].map((key) => config.text('a', key));
  expect(keys).toEqual(['1', undefined, undefined, 'plain', undefined, '$HOME']);
});

test('escapes and lists', () => {
  const config = read(String.raw`[a]
k=\sa\tb\\c\x41\xc3\xbc\q
l=one,two\\,still,,
m=
`);
  expect(config.text('a', 'k')).toBe(' a\tb\\cAü\\');
  expect(config.list('a', 'l')).toEqual(['one', 'two,still', '', '']);
  expect(config.list('a', 'm')).toEqual([]);
  expect(config.list('a', 'none')).toEqual([]);
});

test('words that say no, numbers and ports', () => {
  const config = read('[a]\nyes=on\nodd=perhaps\nno=Off\nempty=\nn=70000\nneg=-1\nport=993\n');
  const flags = ['yes', 'odd', 'no', 'empty', 'none'].map((key) => config.flag('a', key, true));
  expect(flags).toEqual([true, true, false, true, true]);
  expect(config.count('a', 'n')).toBe(70_000);
  expect(config.port('a', 'n')).toBeUndefined();
  expect(config.count('a', 'neg')).toBeUndefined();
  expect(config.port('a', 'port')).toBe(993);
});

test('what is no UTF-8 is not guessed', () => {
  expect(readKConfig(Buffer.from([0x5b, 0xff, 0x5d]))).toMatchObject({ problem: { kind: 'unsupported' } });
});
