import { fail, ok } from '../../shared/problem.ts';
import type { Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { firstLine } from './first-line.ts';
import { isStrippedByPython, strippedByPython } from './python-blanks.ts';

/** The first line of a file whose reader takes off the blanks around it: refuses passwords that have some. */
export const strippedLine: Lens = {
  id: 'stripped-line',

  get(bytes, slot) {
    const line = firstLine.get(bytes, slot);
    if (!line.ok || !line.value) return line;
    const text = line.value.useText(strippedByPython);
    return ok(text === '' ? undefined : Secret.fromText(text));
  },

  put(bytes, slot, secret, using) {
    const old = bytes && strippedLine.get(bytes, slot);
    if (bytes && old?.ok && old.value?.equals(secret)) return ok(bytes);
    return secret.use(isStrippedByPython)
      ? fail('format-cannot-hold')
      : firstLine.put(bytes, slot, secret, using);
  },
};
