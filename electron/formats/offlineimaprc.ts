import { fail, ok } from '../../shared/problem.ts';
import { isStrippedByPython } from './python-blanks.ts';
import { pythonOptionLens, type PythonSpelling } from './python-option.ts';

/** As it is, with `%` written `%%` (`ConfigParser`); blanks at its ends cannot be held, other options are not followed. */
export const offlineimapSpelling: PythonSpelling = {
  write: (password) =>
    isStrippedByPython(password)
      ? undefined
      : Buffer.from(password.toString('latin1').split('%').join('%%'), 'latin1'),

  read(value) {
    if (isStrippedByPython(Buffer.from(value, 'latin1')))
      return fail('unsupported', undefined, 'blanks at an end');
    if (/^(?:[^%]|%%)*$/s.test(value)) return ok(value.split('%%').join('%'));
    return fail('unsupported', undefined, 'an expansion');
  },
};

/** `remotepass` of one section of an `.offlineimaprc`. */
export const offlineimaprc = pythonOptionLens('offlineimaprc', 'remotepass', offlineimapSpelling);
