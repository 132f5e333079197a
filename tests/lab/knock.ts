import type { Ports } from './doors.ts';
import type { Lab } from './lab.ts';
import { run } from './program.ts';

/** curl's exit codes in words (curl(1), EXIT CODES). */
const VERDICTS: Readonly<Record<number, string>> = {
  0: 'accepted',
  7: 'nobody there',
  60: 'untrusted',
  64: 'no TLS',
  67: 'rejected',
};

const SCHEMES = {
  imap: 'imap',
  imaps: 'imaps',
  pop3: 'pop3',
  pop3s: 'pop3s',
  submission: 'smtp',
  submissions: 'smtps',
} as const;

/** A door that takes logins. */
export type Way = keyof typeof SCHEMES;

export const WAYS = ['imap', 'imaps', 'pop3', 'pop3s', 'submission', 'submissions'] as const;

export const urlOf = (address: string, way: Way, ports: Ports): string =>
  `${SCHEMES[way]}://${address}:${ports[way]}`;

/** One login by curl, which trusts the lab's authority alone and requires TLS: the verdict in words. */
export async function knock(lab: Lab, url: string, login: string, password: string): Promise<string> {
  const user = `${login}:${password}`.replaceAll(/["\\]/g, String.raw`\$&`);
  const noop = url.startsWith('smtp') ? ['-X', 'NOOP'] : [];
  const { code } = await run('curl', ['-sS', '-K', '-', '--cacert', lab.caFile, '--ssl-reqd', ...noop, url], {
    input: `user = "${user}"\n`,
  });
  return VERDICTS[code ?? -1] ?? `curl ended with ${code}`;
}
