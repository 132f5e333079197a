import { makeAuthority } from './certificates.ts';
import { Mailbox } from './mailbox.ts';
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
  /** The authority that signed its certificate: for 127.0.0.1, ::1, localhost and the names that were asked for. */
  readonly caPem: string;
  setPassword(user: string, password: string): void;
  attempts(user: string): Attempts;
  /** Messages that logged-in users sent, the oldest first. */
  messages(): readonly Message[];
  stop(): Promise<void>;
}

export interface MailServerOptions {
  /** Login names with their passwords. */
  readonly users: Readonly<Record<string, string>>;
  /** Further names that its certificate is for. */
  readonly names?: readonly string[];
  /** What a login over IMAP or SMTP waits for before it is answered. */
  readonly before?: (protocol: 'imap' | 'smtp') => Promise<void>;
  /**
   * What is sent to a user's login name arrives in that user's inbox. Real programs would then want to fetch it,
   * which the IMAP side cannot answer.
   */
  readonly delivers?: boolean;
}

/** Starts the servers. */
export async function startMailServer({
  users,
  names = [],
  before = () => Promise.resolve(),
  delivers = false,
}: MailServerOptions): Promise<MailServer> {
  const authority = await makeAuthority();
  const certificate = await authority.issue({ names: ['localhost', ...names], ips: ['127.0.0.1', '::1'] });
  const doorman = new Doorman(users);
  const messages: Message[] = [];
  const inboxes = new Map(Object.keys(users).map((user) => [user, new Mailbox()]));
  const imap = {
    certificate,
    ...(delivers ? { inbox: (user: string) => inboxes.get(user) ?? new Mailbox() } : {}),
    login: async (user: string, password: string) => {
      await before('imap');
      const admitted = doorman.admits(user, password);
      return admitted ? 'OK logged in' : 'NO [AUTHENTICATIONFAILED] Authentication failed.';
    },
  };
  const smtp = {
    certificate,
    login: async (user: string, password: string) => {
      await before('smtp');
      return doorman.admits(user, password) ? '235 2.7.0 accepted' : '535 5.7.8 Authentication failed.';
    },
    deliver: (message: Message) => {
      messages.push(message);
      for (const to of message.to) inboxes.get(to)?.deliver(message.text);
    },
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
