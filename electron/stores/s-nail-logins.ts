import type { Entry, Protocol, Slot, Tls } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { problem } from '../../shared/problem.ts';
import { curlUrl, type CurlUrl } from '../formats/curl-url.ts';
import { canBeSet } from '../formats/mailrc.ts';
import { percentDecode } from '../formats/percent.ts';
import type { MailrcScope, MailrcVariable } from './s-nail-scope.ts';

/** One login of a mailrc and what is known of its password. */
export interface MailrcLogin {
  readonly server: Pick<Entry, 'protocols' | 'host' | 'port' | 'tls'>;
  readonly login: string;
  readonly from?: string;
  readonly oauth: boolean;
  readonly slot: Slot;
  readonly stored: boolean;
  readonly addable: boolean;
  readonly broken?: Problem;
  /** Where netrc is asked for what the file does not say. */
  readonly netrc?: { readonly host: string; readonly piped: boolean };
}

interface Scheme {
  readonly protocol: Protocol;
  readonly port: number;
  readonly tls: Tls;
}

/** Schemes of s-nail's URLs ("On URL syntax and credential lookup" in s-nail(1)). */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  smtp: { protocol: 'smtp', port: 25, tls: 'none' },
  smtps: { protocol: 'smtp', port: 465, tls: 'implicit' },
  submission: { protocol: 'smtp', port: 587, tls: 'starttls' },
  submissions: { protocol: 'smtp', port: 465, tls: 'implicit' },
  imap: { protocol: 'imap', port: 143, tls: 'none' },
  imaps: { protocol: 'imap', port: 993, tls: 'implicit' },
  pop3: { protocol: 'pop3', port: 110, tls: 'none' },
  pop3s: { protocol: 'pop3', port: 995, tls: 'implicit' },
};

const URL_VARIABLES = ['mta', 'smtp', 'folder', 'inbox'] as const;
const TOKENS = new Set(['xoauth2', 'oauthbearer']);
const WITHOUT_PASSWORD = new Set(['none', 'external', 'externanon', 'gssapi']);

/** The logins under `v15-compat`: users and passwords in URLs, else from chains of variables, else netrc. */
export function loginsOf(scope: MailrcScope): readonly MailrcLogin[] {
  return URL_VARIABLES.flatMap((name) => {
    const variable = scope.find(name);
    const url = variable && mailUrl(variable.value);
    return url ? loginAt(scope, variable, url) : [];
  });
}

const mailUrl = (value: string): CurlUrl | undefined =>
  /^[a-z0-9]+:\/\//i.test(value) && Object.hasOwn(SCHEMES, curlUrl(value).scheme)
    ? curlUrl(value)
    : undefined;

function loginAt(scope: MailrcScope, variable: MailrcVariable, url: CurlUrl): readonly MailrcLogin[] {
  const protocol = SCHEMES[url.scheme]?.protocol ?? 'other';
  const host = url.port === undefined ? url.host : `${url.host}:${url.port}`;
  const user = userOf(scope, url, host);
  const login = utf8(user);
  const auth = (scope.chain(`${protocol}-auth`, user, host)?.value ?? '').toLowerCase();
  if (user === '' || WITHOUT_PASSWORD.has(auth)) return [];
  const shared = {
    server: serverOf(scope, url, user, host),
    login,
    ...fromOf(scope),
    oauth: TOKENS.has(auth),
  };
  const inUrl = variable.broken ?? (url.broken ? problem('unsupported', undefined, 'the URL') : undefined);
  if (inUrl || url.password !== undefined) {
    const slot = slotOf(variable, { url: true });
    const stored = url.password !== undefined && url.password !== '';
    return [{ ...shared, slot, stored, addable: true, ...(inUrl ? { broken: inUrl } : {}) }];
  }
  return [{ ...shared, ...passwordOf(scope, variable, user, host) }];
}

const userOf = (scope: MailrcScope, url: CurlUrl, host: string): string =>
  url.user === undefined
    ? ((scope.find(`user-${host}`) ?? scope.find('user'))?.value ?? '')
    : percentDecode(url.user).toString('latin1');

function passwordOf(
  scope: MailrcScope,
  variable: MailrcVariable,
  user: string,
  host: string,
): Pick<MailrcLogin, 'slot' | 'stored' | 'addable' | 'broken' | 'netrc'> {
  const password = scope.chain('password', user, host);
  if (password) {
    const { broken, value } = password;
    const slot = slotOf(password);
    return { slot, stored: value !== '', addable: true, ...(broken ? { broken } : {}) };
  }
  const name = `password-${user}@${host}`;
  return {
    slot: slotOf({ ...variable, name }, { after: variable.name }),
    stored: false,
    addable: canBeSet(name),
    ...(scope.chain('netrc-lookup', user, host)
      ? { netrc: { host: host.replace(/:\d+$/, ''), piped: scope.has('netrc-pipe') } }
      : {}),
  };
}

/**
 * The logins without `v15-compat`: `smtp-auth-user` with `smtp-auth-password`, each also for one sender
 * (`smtp-auth-user-ADDRESS`); for reading, `password-USER@HOST`.
 */
export function oldLoginsOf(scope: MailrcScope): readonly MailrcLogin[] {
  const variable = scope.find('smtp') ?? scope.find('mta');
  const url = variable && mailUrl(/:\/\//.test(variable.value) ? variable.value : `smtp://${variable.value}`);
  const sending = url ? [...scope.names].flatMap((name) => oldSender(scope, url, name)) : [];
  const reading = (['folder', 'inbox'] as const).flatMap((name) => {
    const box = scope.find(name);
    const at = box && mailUrl(box.value);
    return !box || at?.user === undefined ? [] : loginAt(scope, box, at);
  });
  return [...sending, ...reading.filter(({ slot }) => slot['variable'] !== 'password')];
}

function oldSender(scope: MailrcScope, url: CurlUrl, name: string): readonly MailrcLogin[] {
  const [all, sender = ''] = /^smtp-auth-user(?:-(.+))?$/.exec(name) ?? [];
  const login = scope.text(name);
  if (all === undefined || login === '' || !scope.has(name)) return [];
  const password =
    (sender === '' ? undefined : scope.find(`smtp-auth-password-${sender}`)) ??
    scope.find('smtp-auth-password');
  if (!password) return [];
  const { value, broken } = password;
  const from = sender === '' ? fromOf(scope) : { from: utf8(sender) };
  return [
    {
      server: serverOf(scope, url, '', url.host),
      login,
      ...from,
      oauth: TOKENS.has(scope.text('smtp-auth').toLowerCase()),
      slot: slotOf(password),
      stored: value !== '',
      addable: true,
      ...(broken ? { broken } : {}),
    },
  ];
}

function serverOf(scope: MailrcScope, url: CurlUrl, user: string, host: string): MailrcLogin['server'] {
  const { protocol, port, tls } = SCHEMES[url.scheme] ?? { protocol: 'other', port: 0, tls: 'none' };
  const upgraded = tls === 'none' && scope.chain(`${protocol}-use-starttls`, user, host) !== undefined;
  return {
    protocols: [protocol],
    host: utf8(url.host),
    port: url.port ?? port,
    tls: upgraded ? 'starttls' : tls,
  };
}

function fromOf(scope: MailrcScope): Pick<MailrcLogin, 'from'> {
  const from = scope.text('from');
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(from)?.[1] ?? /^\s*([^<>\s,]+@[^<>\s,]+)\s*$/.exec(from)?.[1];
  return address === undefined ? {} : { from: address };
}

const slotOf = ({ name, account }: MailrcVariable, more: Slot = {}): Slot => ({
  ...(account === '' ? {} : { account: utf8(account) }),
  variable: utf8(name),
  ...more,
});

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
