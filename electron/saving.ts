import { dialog } from 'electron';
import path from 'node:path';
import { ok, type Result } from '../shared/problem.ts';
import { writeNewFile } from './system/new-file.ts';

/**
 * Asks where a file shall go and writes it there; the path, or nothing when the person thought better of it.
 * Problems: `access-denied`, `read-only`, `disk-full`, `write-failed`.
 */
export const saveFileAs =
  (folder: string) =>
  async (name: string, contents: string): Promise<Result<string | undefined>> => {
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: path.join(folder, name) });
    if (canceled || filePath === '') return ok(undefined);
    const written = writeNewFile(filePath, contents);
    return written.ok ? ok(filePath) : written;
  };
