import fs from 'node:fs';

/** `__SO_ACCEPTCON`: somebody waits for connections here (proc(5), the columns of /proc/net/unix). */
const LISTENING = '00010000';
const PATH_COLUMN = /^(?:\S+ +){7}(\/.*)$/;

/**
 * Paths of the Unix sockets on which a process listens now, from the kernel's table: an entry goes with its holder,
 * while the file of a socket stays behind. Those of other people than the owner of `home` are left out. A path is as
 * the process saw it, which in a sandbox is not as we see it.
 */
export function listeningSockets(home: string): readonly string[] {
  const owner = ownerOf(home);
  return table().flatMap((line) => {
    const path = PATH_COLUMN.exec(line)?.[1];
    if (path === undefined || line.split(/ +/)[3] !== LISTENING) return [];
    return [owner, undefined].includes(ownerOf(path)) ? [path] : [];
  });
}

const ownerOf = (path: string): number | undefined => {
  try {
    return fs.statSync(path, { throwIfNoEntry: false })?.uid;
  } catch {
    return undefined;
  }
};

const table = (): readonly string[] => {
  try {
    return fs.readFileSync('/proc/net/unix', 'utf8').split('\n');
  } catch {
    return [];
  }
};
