import type { Checked, Endpoint, Progress } from '../../shared/model.ts';
import type { Login } from '../../electron/engine/ports.ts';
import { Secret } from '../../electron/engine/secret.ts';
import type { Timeouts } from '../../electron/login/attempt.ts';
import { openLogin } from '../../electron/login/login.ts';
import { makeAuthority, type Certificate } from '../doubles/certificates.ts';
import type { Heard } from '../doubles/wire.ts';

export const LOGIN = 'alice@example.org';
export const PASSWORD = 'nEw: "pass" \\ wörd €';

/** Long enough for a busy machine; a test that waits for one of them shortens that one. */
const TIMEOUTS: Timeouts = { connect: 10_000, greeting: 10_000, login: 10_000, all: 20_000, arrival: 20_000 };

export const authority = await makeAuthority();
export const certificate: Certificate = await authority.issue({ ips: ['127.0.0.1'], names: ['localhost'] });

export interface Trial {
  readonly login?: string;
  readonly password?: string;
  readonly host?: string;
  readonly ca?: readonly string[];
  readonly timeouts?: Partial<Timeouts>;
  readonly signal?: AbortSignal;
  readonly report?: (progress: Progress) => void;
}

export type Tried = Checked & { readonly sent: boolean };

const doors = new Map<string, Login>();

/** One door per set of authorities and limits: reading all certificates again for every test would take most of it. */
function doorFor(ca: readonly string[], timeouts: Timeouts): Login {
  const key = JSON.stringify([ca, timeouts]);
  const door = doors.get(key) ?? openLogin({ ca, timeouts });
  doors.set(key, door);
  return door;
}

/** Checks one password at a server on loopback that our authority certifies. */
export async function attempt(
  protocol: Endpoint['protocol'],
  tls: Endpoint['tls'],
  port: number,
  trial: Trial = {},
): Promise<Tried> {
  const login = doorFor(trial.ca ?? [authority.caPem], { ...TIMEOUTS, ...trial.timeouts });
  using password = Secret.fromText(trial.password ?? PASSWORD);
  const endpoint: Endpoint = {
    protocol,
    host: trial.host ?? '127.0.0.1',
    port,
    tls,
    login: trial.login ?? LOGIN,
  };
  const signal = trial.signal ?? new AbortController().signal;
  return await login.check(endpoint, password, { signal, report: trial.report ?? (() => {}) });
}

/** The kind of the Problem, or `accepted`. */
export const verdict = ({ result }: Checked): string => (result === 'accepted' ? result : result.kind);

export const detail = ({ result }: Checked): string | undefined =>
  result === 'accepted' ? undefined : result.detail;

/** Whether a client let the password go, in any spelling that a login command has. */
export function leaked(heard: readonly Heard[], password = PASSWORD): boolean {
  const everything = heard.map(({ line }) => line).join('\n');
  const decoded = heard
    .flatMap(({ line }) => line.split(' '))
    .map((word) => Buffer.from(word, 'base64').toString());
  return everything.includes(password) || decoded.some((text) => text.includes(password));
}
