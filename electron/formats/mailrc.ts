import type { Slot } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Bytes, Lens } from '../engine/ports.ts';
import { Secret } from '../engine/secret.ts';
import { curlUrl } from './curl-url.ts';
import type { MailrcQuoting } from './mailrc-words.ts';
import { readMailrc, type MailrcSetting } from './mailrc-settings.ts';
import { percentDecode, percentEncode } from './percent.ts';
import { breaksLine, splice } from './single-line.ts';

/**
 * A password of a mailrc: the value of a variable (`{ account?, variable }`, shell-quoted as `$'…'`, under the old
 * rules with a backslash before each special character), or the password in a variable's URL (`url`, percent-encoded).
 * Of several settings the last counts. A variable that is missing is set behind the one named by `after`.
 * `unsupported` where only running s-nail tells the value: an expansion, several settings of which one is in an `if`.
 */
export const mailrc: Lens = {
  id: 'mailrc',

  get(bytes, slot) {
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    const value = found.value && currentOf(found.value, slot);
    return ok(value ? Secret.take(Buffer.from(value, 'latin1')) : undefined);
  },

  put(bytes, slot, secret) {
    if (!bytes) return fail('changed');
    const found = locate(bytes, slot);
    if (!found.ok) return found;
    const setting = found.value;
    return secret.use((password) => {
      if (password.length === 0 || breaksLine(password)) return fail('format-cannot-hold');
      if (!setting) return append(bytes, slot, password);
      if (currentOf(setting, slot) === password.toString('latin1')) return ok(bytes);
      if (slot['url'] === true) return writeUrl(bytes, setting, password);
      // A name alone has no `=` yet.
      const equals = setting.from === setting.to && bytes[setting.from - 1] !== 0x3d ? '=' : '';
      const value = Buffer.concat([Buffer.from(equals), quote(password, setting.quoting)]);
      return ok(splice(bytes, setting.from, setting.to, value));
    });
  },
};

/** The setting of a variable that counts in an account; `unsupported` if that cannot be told. */
export function mailrcSetting(
  settings: readonly MailrcSetting[],
  account: string,
  variable: string,
): Result<MailrcSetting | undefined> {
  const named = settings.filter((each) => each.account === account && each.name === variable);
  const last = named.at(-1);
  if (named.length > 1 && named.some(({ conditional }) => conditional))
    return fail('unsupported', undefined, 'set under a condition');
  if (last?.broken !== undefined) return fail('unsupported', undefined, last.broken);
  return ok(last?.value === undefined ? undefined : last);
}

/** Names that `set` takes as they are, whatever the quoting. */
export const canBeSet = (variable: string): boolean => /^[\w.@:+-]+$/.test(variable);

const accountOf = (slot: Slot): string => latin1(slot['account'] ?? '');

/** Undefined where the variable is to be added. */
function locate(bytes: Bytes, slot: Slot): Result<MailrcSetting | undefined> {
  const settings = readMailrc(bytes);
  if (!settings.ok) return settings;
  const setting = mailrcSetting(settings.value, accountOf(slot), latin1(slot['variable']));
  if (!setting.ok || setting.value || slot['after'] !== undefined) return setting;
  return fail('changed');
}

/** The password that a setting holds now; empty where there is none. */
function currentOf({ value = '' }: MailrcSetting, slot: Slot): string {
  if (slot['url'] !== true) return value;
  return percentDecode(curlUrl(value).password ?? '').toString('latin1');
}

function writeUrl(bytes: Bytes, { value = '', from, to }: MailrcSetting, password: Bytes): Result<Bytes> {
  const { passwordFrom, passwordTo, broken } = curlUrl(value);
  const at = bytes.subarray(from, to).indexOf(Buffer.from(value, 'latin1'));
  if (passwordFrom === undefined || passwordTo === undefined || broken || at < 0) return fail('unsupported');
  const start = from + at;
  return ok(splice(bytes, start + passwordFrom, start + passwordTo, percentEncode(password)));
}

function append(bytes: Bytes, slot: Slot, password: Bytes): Result<Bytes> {
  const settings = readMailrc(bytes);
  if (!settings.ok) return settings;
  const account = accountOf(slot);
  const anchor = settings.value.findLast((each) => each.account === account && each.name === slot['after']);
  if (!anchor || anchor.conditional) return fail('changed');
  if (!canBeSet(String(slot['variable']))) return fail('format-cannot-hold');
  const head = Buffer.from(`\n${anchor.indent}set ${latin1(slot['variable'])}=`, 'latin1');
  const line = Buffer.concat([head, quote(password, anchor.quoting)]);
  return ok(splice(bytes, anchor.lineEnd, anchor.lineEnd, line));
}

function quote(password: Bytes, quoting: MailrcQuoting): Bytes {
  const special = quoting === 'shell' ? "\\'" : ' \t\\"\'';
  const escaped = [...password].flatMap((byte) =>
    special.includes(String.fromCharCode(byte)) ? [0x5c, byte] : [byte],
  );
  if (quoting === 'old') return Buffer.from(escaped);
  return Buffer.from([...Buffer.from("$'"), ...escaped, ...Buffer.from("'")]);
}

const latin1 = (text: unknown): string => Buffer.from(String(text), 'utf8').toString('latin1');
