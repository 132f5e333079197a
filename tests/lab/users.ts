import fs from 'node:fs';
import path from 'node:path';
import { run } from './program.ts';
import { until } from './until.ts';

/** A name nobody logs in as, whose row says which edition of the file Dovecot has read. */
const EDITION = 'edition';

// Dovecot looks names up in escaped form, and separates fields by colons
const row = (login: string, password: string, extra = ''): string =>
  `${login.replaceAll(/[\\"']/g, '\\$&')}:{PLAIN.b64}${Buffer.from(password).toString('base64')}::::::${extra}\n`;

/** The passwd-file of the lab's mailboxes. */
export class Users {
  readonly #file: string;
  readonly #passwords: Map<string, string>;
  #edition = 0;

  constructor(dir: string, passwords: Readonly<Record<string, string>>) {
    this.#file = path.join(dir, 'users');
    this.#passwords = new Map(
      Object.entries(passwords).map(([login, password]) => [login.toLowerCase(), password]),
    );
    this.#write();
  }

  /** Changes a password; resolves when Dovecot answers with it. `config` is Dovecot's own. */
  async set(login: string, password: string, config: string): Promise<void> {
    if (!this.#passwords.has(login.toLowerCase())) throw new Error(`the lab has no user ${login}`);
    this.#passwords.set(login.toLowerCase(), password);
    this.#write();
    // Dovecot looks at the file again at most once per second
    await until('Dovecot to read the new passwords', async () => {
      const { out } = await run('doveadm', ['-c', config, 'auth', 'lookup', EDITION]);
      return out.includes(`lab_edition: ${this.#edition}\n`);
    });
  }

  #write(): void {
    this.#edition += 1;
    const rows = [...this.#passwords].map(([login, password]) => row(login, password));
    // and only if its size or the second of its change differs: every edition has another length
    const padding = `#${'x'.repeat(this.#edition)}\n`;
    const next = `${this.#file}.next`;
    fs.writeFileSync(next, rows.join('') + row(EDITION, '', `lab_edition=${this.#edition}`) + padding);
    fs.renameSync(next, this.#file);
  }
}
