import type { Method, Place } from '../../shared/model.ts';
import { ok } from '../../shared/problem.ts';
import type { Bytes, Disk, Door } from '../../electron/engine/ports.ts';
import { disk as realDisk } from '../../electron/system/disk.ts';
import { openFileDoor } from '../../electron/system/file-door.ts';
import type { Scratch } from '../doubles/engine.ts';

export const RUN = '20260102-030405-abcdef';

export const fileDoor = ({ home }: Scratch, disk: Disk = realDisk): Door =>
  openFileDoor(
    disk,
    { uid: process.getuid?.() ?? 0, groups: process.getgroups?.() ?? [], home },
    { openSeal: async (_place, raw) => ok(raw), closeSeal: async (_place, plain) => ok(plain) },
  );

export const place = (path: string): Place => ({ kind: 'file', path });

/** Looks, stages, commits and settles one change of a file, as the engine does; the Problem's kind, or `written`. */
export async function replace(
  door: Door,
  path: string,
  after: Bytes | undefined,
  before?: Bytes,
): Promise<string> {
  const look = await door.look(place(path));
  if (!look.ok) return look.problem.kind;
  if (look.value.blocked) return look.value.blocked.kind;
  const current = before === undefined ? await door.readRaw(place(path)) : ok(before);
  if (!current.ok) return current.problem.kind;
  const change = { run: RUN, place: place(path), method: look.value.method, before: current.value, after };
  for (const act of [
    () => door.stage(change),
    () => door.commit(change),
    () => door.settle([change.place]),
  ]) {
    const done = await act();
    if (!done.ok) return done.problem.kind;
  }
  return 'written';
}

export async function methodOf(door: Door, path: string): Promise<Method> {
  const look = await door.look(place(path));
  if (!look.ok) throw new Error(look.problem.kind);
  return look.value.method;
}
