import fs from 'node:fs';

/**
 * The bytes of a file descriptor that whoever started the program left open, and closes it at the end. Reading one
 * that is not open throws the operating system's error (`EBADF`).
 */
export const openDescriptor = (fd: number): AsyncIterable<unknown> =>
  fs.createReadStream('', { fd, highWaterMark: 4096 });
