import type { Checked, Endpoint } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import type { Login, Post, Run } from '../engine/ports.ts';
import type { Secret } from '../engine/secret.ts';
import { TIMEOUTS, type Attempt, type Timeouts, type Verdict } from './attempt.ts';
import { checkImap } from './imap.ts';
import { sendToSelf } from './self-message.ts';
import { checkSmtp } from './smtp.ts';
import { trustOf } from './trust.ts';

/**
 * The door to mail servers. `ca` holds PEM texts that are trusted besides Node's and the system's authorities.
 * Libraries and certificates are loaded at the first check, so opening it costs nothing.
 */
export function openLogin(options: {
  readonly ca: readonly string[];
  readonly timeouts?: Partial<Timeouts>;
}): Login & Post {
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  let trust: Attempt['trust'] | undefined;
  const attemptWith =
    (password: Secret, { signal }: Run) =>
    (endpoint: Endpoint): Attempt => {
      trust ??= trustOf(options.ca);
      return { endpoint, password, trust, timeouts, signal };
    };
  return {
    sendToSelf: (letter, servers, password, run) =>
      sendToSelf(letter, servers, attemptWith(password, run), run),
    check: async (endpoint, password, run) => {
      run.report({ kind: 'checking', endpoint });
      const started = performance.now();
      const verdict = await judge(endpoint, password, run, () => attemptWith(password, run)(endpoint));
      const ms = Math.round(performance.now() - started);
      const check: Checked = { endpoint, result: verdict.result, ms };
      run.report({ kind: 'checked', check });
      return { ...check, sent: verdict.sent };
    },
  };
}

async function judge(
  endpoint: Endpoint,
  password: Secret,
  run: Run,
  attempt: () => Attempt,
): Promise<Verdict> {
  const obstacle = obstacleTo(endpoint, password, run.signal);
  if (obstacle) return { result: obstacle, sent: false };
  return endpoint.protocol === 'smtp' ? checkSmtp(attempt()) : checkImap(attempt());
}

/** What forbids even connecting. */
function obstacleTo(endpoint: Endpoint, password: Secret, signal: AbortSignal): Problem | undefined {
  const { host, tls, protocol, login } = endpoint;
  if (signal.aborted) return problem('cancelled', host);
  if (tls === 'none') return problem('tls-missing', host);
  if (protocol === 'pop3') return problem('no-mechanism', host, 'POP3 logins cannot be checked');
  if (breaksLines(Buffer.from(login)))
    return problem('no-mechanism', host, 'the login name holds a line break');
  const unusable = password.isEmpty || password.use(breaksLines);
  return unusable ? problem('password-unusable') : undefined;
}

/** NUL ends a field of SASL PLAIN (RFC 4616), CR and LF end a command. */
const breaksLines = (bytes: Buffer): boolean => [0, 10, 13].some((octet) => bytes.includes(octet));
