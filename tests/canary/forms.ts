import { createHash } from 'node:crypto';

/** The shapes in which a password could slip out, by name. */
export function formsOf(password: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(password);
  const wide = Buffer.from(password, 'utf16le');
  const forms: [string, Buffer][] = [
    ['plain', bytes],
    ['UTF-16, little end first', wide],
    ['UTF-16, big end first', Buffer.from(wide).swap16()],
    ['URL', Buffer.from(encodeURIComponent(password))],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ['hexadecimal, capitals', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['JSON', Buffer.from(JSON.stringify(password).slice(1, -1))],
    ['JSON in ASCII', Buffer.from(inAscii(password, (code) => code))],
    ['JSON in ASCII, capitals', Buffer.from(inAscii(password, (code) => code.toUpperCase()))],
    ['backwards', Buffer.from(bytes.toReversed())],
    ['SHA-256', Buffer.from(createHash('sha256').update(bytes).digest('hex'))],
    ...[0, 1, 2].map((shift): [string, Buffer] => [
      `base64, shifted by ${shift}`,
      base64Inside(bytes, shift),
    ]),
  ];
  return new Map(forms);
}

/** As browsers write JSON: what is not ASCII by the number of its UTF-16 unit. */
const inAscii = (password: string, spell: (code: string) => string): string =>
  JSON.stringify(password)
    .slice(1, -1)
    .replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${spell(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`);

/** The base64 characters that stand for these bytes alone, when `shift` bytes modulo 3 come before them. */
function base64Inside(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return Buffer.from(text.slice(first, last));
}

/** Names of the forms in which bytes hold a password. */
export const formsIn = (bytes: Buffer, forms: ReadonlyMap<string, Buffer>): readonly string[] =>
  [...forms].filter(([, form]) => bytes.includes(form)).map(([name]) => name);
