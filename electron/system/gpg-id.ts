import fs from 'node:fs';
import path from 'node:path';
import { pipeThrough } from './pipe.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether an entry of a password store is sealed for somebody whom the nearest `.gpg-id` does not name (any more):
 * `pass` would leave them out on its next write (pass(1), `init`). False where that cannot be told: no `.gpg-id`, a
 * group of gpg.conf in it, a key that is not here.
 */
export async function hasStrangers(
  file: string,
  recipients: readonly string[],
  environment: Environment,
): Promise<boolean> {
  const names = namesNear(path.dirname(file));
  if (names.length === 0) return false;
  const options = ['--batch', '--no-tty', '--quiet', '--with-colons', '--list-keys', '--'];
  const listed = await pipeThrough('gpg', [...options, ...names], Buffer.alloc(0), environment);
  if (!listed.ok || listed.value.code !== 0) return false;
  // Field 5 of a key or subkey is its id (doc/DETAILS of GnuPG).
  const known = [
    ...listed.value.output.toString('latin1').matchAll(/^(?:pub|sub):(?:[^:]*:){3}([0-9A-F]{16}):/gm),
  ];
  const ids = new Set(known.map(([, id]) => id));
  return recipients.some((id) => !ids.has(id));
}

/** The lines of the nearest `.gpg-id`, without comments. */
function namesNear(folder: string): readonly string[] {
  const file = path.join(folder, '.gpg-id');
  if (fs.existsSync(file)) {
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
  }
  const above = path.dirname(folder);
  return above === folder ? [] : namesNear(above);
}
