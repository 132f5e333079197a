import { fail, ok } from '../../shared/problem.ts';
import { isStrippedByPython } from './python-blanks.ts';
import { pythonOptionLens, type PythonSpelling } from './python-option.ts';

/** As it is, quotes and signs included; blanks at its ends cannot be held. */
export const getmailSpelling: PythonSpelling = {
  write: (password) => (isStrippedByPython(password) ? undefined : password),
  read: (value) =>
    isStrippedByPython(Buffer.from(value, 'latin1'))
      ? fail('unsupported', undefined, 'blanks at an end')
      : ok(value),
};

/** `password` in the `[retriever]` section of a getmail rc file (`RawConfigParser`, no interpolation). */
export const getmailrc = pythonOptionLens('getmailrc', 'password', getmailSpelling);
