import type { Problem } from '../../shared/problem.ts';
import { mailrcSetting } from '../formats/mailrc.ts';
import type { MailrcSetting } from '../formats/mailrc-settings.ts';

/** A variable as an account sees it, or why its value cannot be told. */
export interface MailrcVariable {
  readonly name: string;
  /** The block it stands in; empty outside of all. */
  readonly account: string;
  readonly value: string;
  readonly broken?: Problem;
}

/** The variables in force in one account: its own, else those outside of all accounts. */
export class MailrcScope {
  readonly names: ReadonlySet<string>;
  readonly #settings: readonly MailrcSetting[];
  readonly #account: string;

  constructor(settings: readonly MailrcSetting[], account: string) {
    this.#settings = settings.filter((each) => each.account === '' || each.account === account);
    this.#account = account;
    this.names = new Set(this.#settings.map(({ name }) => name));
  }

  find(name: string): MailrcVariable | undefined {
    const isOwn = this.#settings.some((each) => each.account === this.#account && each.name === name);
    const account = isOwn ? this.#account : '';
    const setting = mailrcSetting(this.#settings, account, name);
    if (!setting.ok) return { name, account, value: '', broken: setting.problem };
    return setting.value && { name, account, value: setting.value.value ?? '' };
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  text(name: string): string {
    return Buffer.from(this.find(name)?.value ?? '', 'latin1').toString('utf8');
  }

  /** The first variable of a chain such as `password-USER@HOST`, `password-HOST`, `password`. */
  chain(name: string, user: string, host: string): MailrcVariable | undefined {
    return this.find(`${name}-${user}@${host}`) ?? this.find(`${name}-${host}`) ?? this.find(name);
  }
}
