import path from 'node:path';
import type { Call } from '../doubles/strace.ts';
import { fileOf } from './command.ts';

interface Folders {
  readonly root: string;
  readonly home: string;
  readonly state: string;
}

/**
 * What a power cut could destroy, by the rules of POSIX alone: bytes are safe after fsync(2) of the file, names after
 * fsync(2) of the folder, and nothing else orders anything. Empty when the run keeps these rules:
 * a file is flushed before it gets its final name; the rest of a run is safe before its manifest exists; all of the
 * state (the manifest, the log so far) is safe before the home is changed; the bytes in the home are safe before a
 * record follows them, their names before the last record.
 */
export function violations(folders: Folders, calls: readonly Call[]): readonly string[] {
  const watch = new Watch(folders);
  for (const call of calls) watch.see(call);
  watch.expectSafe([folders.root], 'the end');
  return watch.found;
}

class Watch {
  readonly found: string[] = [];
  readonly #folders: Folders;
  /** Files whose bytes are not safe. */
  readonly #bytes = new Set<string>();
  /** Names that are not safe, made or taken away. */
  readonly #names = new Set<string>();

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  see(call: Call): void {
    const file = call.name === 'openat' ? call.opened : fileOf(call);
    if (call.failed || file === undefined || isLock(file)) return;
    if (!isBelow(this.#folders.root, file) && file !== this.#folders.root) return;
    if (call.name === 'fsync') this.#flush(file);
    else if (isChange(call)) this.#change(call, file);
  }

  expectSafe(
    folders: readonly string[],
    before: string,
    unsafe: readonly Iterable<string>[] = this.#unsafe,
  ): void {
    for (const file of unsafe.flatMap((files) => [...files]))
      if (folders.some((folder) => isBelow(folder, file)))
        this.found.push(`${file} is not safe before ${before}`);
  }

  get #unsafe(): readonly Iterable<string>[] {
    return [this.#bytes, this.#names];
  }

  #flush(file: string): void {
    this.#bytes.delete(file);
    for (const name of this.#names) if (path.dirname(name) === file) this.#names.delete(name);
  }

  #change({ name, texts }: Call, file: string): void {
    const { home, state } = this.#folders;
    const source = texts[0]?.toString() ?? '';
    if (isBelow(home, file)) this.expectSafe([state], `${name} ${file}`);
    if (path.basename(file) === 'manifest') this.expectSafe([path.dirname(file)], 'the manifest');
    if (name === 'write' && path.basename(file) === 'log') {
      const last = /"(committed|rolled-back)"/.test(source);
      this.expectSafe([home, state], `the record ${source.trim()}`, last ? this.#unsafe : [this.#bytes]);
    }
    if (WRITES.has(name)) this.#bytes.add(file);
    else if (!isTemporary(file)) this.#names.add(file);
    if (!name.startsWith('rename')) return;
    if (this.#bytes.has(source)) this.found.push(`${file} gets bytes that are not safe`);
  }
}

const WRITES = new Set(['write', 'pwrite64', 'ftruncate']);
const NAMES = new Set(['mkdir', 'rename', 'renameat2', 'unlink']);

const isChange = ({ name, args }: Call): boolean =>
  WRITES.has(name) || NAMES.has(name) || (name === 'openat' && args.includes('O_CREAT'));

const isBelow = (folder: string, file: string): boolean => file.startsWith(`${folder}/`);

/** The lock holds nothing that must outlive the process. */
const isLock = (file: string): boolean => path.basename(file).startsWith('lock.db');

/** A temporary file that a power cut takes away is no loss, and one that it brings back is removed by recovery. */
const isTemporary = (file: string): boolean => /\.rekey-[^/]*$|\.new$/.test(file);
