import { makeAuthority } from './certificates.ts';
import { startImapServer } from './imap-server.ts';
import { startSmtpServer, type Message } from './smtp-server.ts';

export interface Attempts {
  readonly accepted: number;
  readonly rejected: number;
}

/** IMAP and SMTP on loopback with TLS, for users whose passwords can be reset while it runs. */
export interface MailServer {
  readonly host: '127.0.0.1';
  readonly imaps: number;
  /** IMAP with STARTTLS. */
  readonly imap: number;
  readonly smtps: number;
  /** SMTP with STARTTLS. */
  readonly submission: number;
  /** The authority that signed its certificate, which is for 127.0.0.1, ::1 and localhost. */
  readonly caPem: string;
  setPassword(user: string, password: string): void;
  attempts(user: string): Attempts;
  /** Messages that logged-in users sent, the oldest first. */
  messages(): readonly Message[];
  stop(): Promise<void>;
}

/** Starts the servers; `users` maps login names to passwords. */
export async function startMailServer(options: {
  readonly users: Readonly<Record<string, string>>;
}): Promise<MailServer> {
  const authority = await makeAuthority();
  const certificate = await authority.issue({ names: ['localhost'], ips: ['127.0.0.1', '::1'] });
  const doorman = new Doorman(options.users);
  const messages: Message[] = [];
  const imap = {
    certificate,
    login: (user: string, password: string) =>
      doorman.admits(user, password) ? 'OK logged in' : 'NO [AUTHENTICATIONFAILED] Authentication failed.',
  };
  const smtp = {
    certificate,
    login: (user: string, password: string) =>
      doorman.admits(user, password) ? '235 2.7.0 accepted' : '535 5.7.8 Authentication failed.',
    deliver: (message: Message) => void messages.push(message),
  };
  const imaps = await startImapServer({ ...imap, tls: 'implicit' });
  const imapStarttls = await startImapServer({ ...imap, tls: 'starttls' });
  const smtps = await startSmtpServer({ ...smtp, tls: 'implicit' });
  const submission = await startSmtpServer({ ...smtp, tls: 'starttls' });
  const listeners = [imaps, imapStarttls, smtps, submission];
  return {
    host: '127.0.0.1',
    imaps: imaps.port,
    imap: imapStarttls.port,
    smtps: smtps.port,
    submission: submission.port,
    caPem: authority.caPem,
    setPassword: (user, password) => doorman.setPassword(user, password),
    attempts: (user) => doorman.attempts(user),
    messages: () => [...messages],
    stop: async () => void (await Promise.all(listeners.map((listener) => listener.stop()))),
  };
}

/** Knows the passwords and counts who came. */
class Doorman {
  readonly #passwords: Map<string, string>;
  readonly #attempts = new Map<string, Attempts>();

  constructor(users: Readonly<Record<string, string>>) {
    this.#passwords = new Map(Object.entries(users));
  }

  setPassword(user: string, password: string): void {
    this.#passwords.set(user, password);
  }

  attempts(user: string): Attempts {
    return this.#attempts.get(user) ?? { accepted: 0, rejected: 0 };
  }

  admits(user: string, password: string): boolean {
    const admitted = this.#passwords.has(user) && this.#passwords.get(user) === password;
    const { accepted, rejected } = this.attempts(user);
    this.#attempts.set(
      user,
      admitted ? { accepted: accepted + 1, rejected } : { accepted, rejected: rejected + 1 },
    );
    return admitted;
  }
}
