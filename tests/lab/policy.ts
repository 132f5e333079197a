import http from 'node:http';
import { until } from './until.ts';

/**
 * How wrong passwords lock an account: not at all; `ad` counts every one, as Active Directory does; `entra`
 * counts the same wrong password once, as Entra smart lockout does.
 */
export interface Lockout {
  readonly mode: 'none' | 'ad' | 'entra';
  /** The wrong password that locks. */
  readonly threshold: number;
}

export interface Attempt {
  /** Dovecot's word for the door: imap, pop3, smtp. */
  readonly protocol: string;
  /** `refused`: the account was locked, the password was not looked at. */
  readonly verdict: 'accepted' | 'rejected' | 'refused';
}

/** Sees every login at every door, Postfix' among them, and decides whether the account is locked. */
export interface Policy {
  readonly port: number;
  /** All attempts since the last reset, once Dovecot has reported those that it began. */
  attempts(user: string): Promise<readonly Attempt[]>;
  reset(): void;
  /** From now on no login is answered, until the returned function is called. */
  hold(): () => void;
  /** Resolves while a login of this user waits for its answer. */
  begun(user: string): Promise<void>;
  lockout(rule: Lockout): void;
  unlock(user: string): void;
  stop(): Promise<void>;
}

class Account {
  attempts: Attempt[] = [];
  /** Hashes of the wrong passwords since the last right one. */
  wrong: string[] = [];
  /** Attempts that were allowed to start and not yet reported. */
  open = 0;

  isLocked({ mode, threshold }: Lockout): boolean {
    if (mode === 'none') return false;
    const counted = mode === 'entra' ? new Set(this.wrong).size : this.wrong.length;
    return counted >= threshold;
  }

  report(verdict: Attempt['verdict'], protocol: string, hash: string): void {
    this.open = Math.max(0, this.open - 1);
    this.attempts.push({ protocol, verdict });
    if (verdict === 'accepted') this.wrong = [];
    if (verdict === 'rejected') this.wrong.push(hash);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

const verdictOf = (report: Fields): Attempt['verdict'] => {
  if (report['policy_reject'] === true) return 'refused';
  return report['success'] === true ? 'accepted' : 'rejected';
};

/** The accounts as an identity provider would keep them: who tried what, and who is locked. */
class Accounts {
  #accounts = new Map<string, Account>();
  rule: Lockout = { mode: 'none', threshold: 0 };
  /** What answers wait for. */
  held: Promise<void> = Promise.resolve();

  of(user: string): Account {
    const name = user.toLowerCase();
    const account = this.#accounts.get(name) ?? new Account();
    this.#accounts.set(name, account);
    return account;
  }

  forget(): void {
    this.#accounts.clear();
  }

  /** The status Dovecot gets: negative refuses the login. */
  answer(command: string | null, fields: Fields): number {
    const account = this.of(text(fields, 'login'));
    if (command === 'allow') {
      account.open += 1;
      return account.isLocked(this.rule) ? -1 : 0;
    }
    account.report(verdictOf(fields), text(fields, 'protocol'), text(fields, 'pwhash'));
    return 0;
  }
}

async function fieldsOf(request: http.IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const fields: unknown = JSON.parse(Buffer.concat(chunks).toString());
  return isFields(fields) ? fields : {};
}

const serverFor = (accounts: Accounts): http.Server =>
  http.createServer((request, response) => {
    const command = new URL(request.url ?? '/', 'http://policy').searchParams.get('command');
    void fieldsOf(request).then(async (fields) => {
      const status = accounts.answer(command, fields);
      await accounts.held;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status, msg: '' }));
    });
  });

/** Dovecot's auth policy protocol: `allow` before a password is looked at, `report` after the verdict. */
export async function startPolicy(): Promise<Policy> {
  const accounts = new Accounts();
  const server = serverFor(accounts);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the policy server has no port');
  return {
    port: address.port,
    attempts: async (user) => {
      await until(`the verdict of a login as ${user}`, () => accounts.of(user).open === 0);
      return [...accounts.of(user).attempts];
    },
    reset: () => accounts.forget(),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      accounts.held = promise;
      return resolve;
    },
    begun: async (user) => void (await until(`a login as ${user}`, () => accounts.of(user).open > 0)),
    lockout: (rule) => {
      accounts.rule = rule;
    },
    unlock: (user) => {
      accounts.of(user).wrong = [];
    },
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
