import { expect, test } from 'vitest';
import { lockHolder } from '../../electron/system/locks.ts';
import { scratch } from '../doubles/engine.ts';
import { hold, type Holder } from './held-lock.ts';

/** Python's lockf is fcntl(2) with F_SETLK, which is what mail clients use on their profiles. */
const holdFile = (file: string, kind: 'LOCK_EX' | 'LOCK_SH'): Promise<Holder> =>
  hold('python3', [
    '-c',
    [
      'import fcntl, os, sys',
      `held = open(sys.argv[1], "r+")`,
      `fcntl.lockf(held, fcntl.${kind})`,
      'print(os.getpid(), flush=True)',
      'sys.stdin.read()',
    ].join('\n'),
    file,
  ]);

test('the holder of a write lock is known by its process id, until it is gone', async () => {
  using home = scratch();
  const file = home.write('.parentlock', '');
  expect(lockHolder(file)).toBeUndefined();
  const other = await holdFile(file, 'LOCK_EX');
  expect(lockHolder(file)).toBe(other.pid);
  expect(lockHolder(home.write('another', ''))).toBeUndefined();
  await other.kill();
  expect(lockHolder(file)).toBeUndefined();
});

test('a read lock keeps nobody out, and a missing file has no holder', async () => {
  using home = scratch();
  const file = home.write('.parentlock', '');
  const reader = await holdFile(file, 'LOCK_SH');
  expect(lockHolder(file)).toBeUndefined();
  await reader.kill();
  expect(lockHolder(home.path('missing'))).toBeUndefined();
});
