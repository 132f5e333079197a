import { spawnSync } from 'node:child_process';

/** A small file system in memory on a folder; not done where the user may not mount. */
export function mountTmpfs(dir: string, size: string): { readonly done: boolean } & Disposable {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'rekey-test', dir]);
  return { done: status === 0, [Symbol.dispose]: () => void spawnSync('umount', [dir]) };
}
