import { fail, ok } from '../../shared/problem.ts';
import { pythonOptionLens, type PythonSpelling } from './python-option.ts';

/** Every value is JSON: here a string. */
export const jsonSpelling: PythonSpelling = {
  write: (password) => Buffer.from(JSON.stringify(password.toString('utf8')), 'utf8'),
  read(value) {
    const text = jsonValue(value);
    return typeof text === 'string'
      ? ok(Buffer.from(text, 'utf8').toString('latin1'))
      : fail('unsupported', undefined, 'not a JSON string');
  },
};

/** The value of an option with one character per byte; undefined for what is no JSON. */
export function jsonValue(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, 'latin1').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `password` in a `[storage …]` section of vdirsyncer's configuration (`_ConfigReader` in vdirsyncer/cli/config.py). */
export const vdirsyncerConfig = pythonOptionLens('vdirsyncer-config', 'password', jsonSpelling);
