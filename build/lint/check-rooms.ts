import fs from 'node:fs';
import path from 'node:path';
import { ROOMS, trespasses } from './rooms.ts';

const root = path.join(import.meta.dirname, '../..');

/** Every source file that belongs to a room, by path from the root. */
function sources(): readonly string[] {
  const folders = ['shared', 'electron', 'renderer'].filter((folder) =>
    fs.existsSync(path.join(root, folder)),
  );
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/'))),
  );
}

const homeless = sources().filter((file) => !ROOMS.some(({ files }) => files.test(file)));
const faults = sources().flatMap((file) => {
  const resolve = (from: string): string => path.posix.join(path.posix.dirname(file), from);
  return trespasses(file, fs.readFileSync(path.join(root, file), 'utf8'), resolve);
});

for (const file of homeless) console.error(`${file}: belongs to no room of build/lint/rooms.ts`);
for (const fault of faults) console.error(fault);
if (homeless.length + faults.length > 0) process.exit(1);
