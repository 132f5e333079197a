import type { Tls } from '../../shared/model.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { decodeUrlPart, utf8 } from '../formats/mutt-url.ts';
import { type FoundUrl, keyOf, type Scene, type Setting } from './mutt-scenes.ts';

export type MuttProtocol = 'imap' | 'pop3' | 'smtp';

/** One server that mutt would log in to, as which user, and what it knows of the password. */
export interface MuttLogin {
  readonly scene: Scene;
  readonly protocol: MuttProtocol;
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
  readonly oauth: boolean;
  /** The mail address that mutt writes as. */
  readonly from: string | undefined;
  /** The URL, where it holds a password of its own. */
  readonly inUrl?: FoundUrl;
  readonly password: Setting | undefined;
  /** No other server of this protocol is named at the start, so that a variable is meant for it alone. */
  readonly single: boolean;
  readonly passwordless: boolean;
}

const PORTS: Readonly<Record<MuttProtocol, readonly [plain: number, tls: number]>> = {
  imap: [143, 993],
  pop3: [110, 995],
  smtp: [25, 465],
};

const PREFIX: Readonly<Record<MuttProtocol, string>> = { imap: 'imap', pop3: 'pop', smtp: 'smtp' };

/** The variable that holds the password of a protocol. */
export const passwordVariable = (protocol: MuttProtocol): string => `${PREFIX[protocol]}_pass`;

/** All logins of all scenes; a Problem for one whose user or server is not known without running something. */
export const loginsOf = (scenes: readonly Scene[]): readonly (MuttLogin | { readonly problem: Problem })[] =>
  scenes.flatMap((scene) =>
    (['imap', 'pop3', 'smtp'] as const).flatMap((protocol) =>
      targetsOf(scene, protocol, scenes).flatMap((target) => loginOf(scene, protocol, target, scenes)),
    ),
  );

interface Target {
  readonly user: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly tls: Tls;
  readonly url?: FoundUrl;
}

/** A password whose server is only named when mutt is started. */
const NOWHERE: Target = { user: '', host: '', port: undefined, tls: 'starttls' };

/** The servers that a scene is about. */
function targetsOf(scene: Scene, protocol: MuttProtocol, scenes: readonly Scene[]): readonly Target[] {
  const [start] = scenes;
  if (!start) return [];
  if (scene === start) {
    const urls = urlsOf(start, protocol);
    if (urls.length === 0 && isGiven(start, `${PREFIX[protocol]}pass`)) return [NOWHERE];
    return urls.filter((url) => !scenes.some((each) => takesOver(each, url, protocol)));
  }
  const own = urlsOf(scene, protocol);
  if (own.length > 0) return own;
  const touched = ['user', 'login', 'pass'].some((name) => scene.own.has(PREFIX[protocol] + name));
  if (!touched) return [];
  const before = urlsOf(start, protocol);
  const meant = before.filter((url) => isMeant(scene.pattern, url));
  if (meant.length > 0) return meant;
  const named = serverIn(scene.pattern, protocol);
  return named ? [named] : before.slice(0, 1);
}

/** URLs in force: a variable's older ones are not. */
const urlsOf = (scene: Scene, protocol: MuttProtocol): readonly Target[] =>
  scene.urls
    .filter(({ word }) => word.url.protocol === protocol && isInForce(scene, word))
    .map((url) => ({
      user: url.user,
      host: url.host,
      port: url.word.url.port,
      tls: url.word.url.tls,
      url,
    }));

function isInForce(scene: Scene, { slot, url }: FoundUrl['word']): boolean {
  const setting = scene.settings.get(keyOf(String(slot['url'])));
  return !setting || setting.assignment.token === url.token;
}

/** An account-hook that names this server and gives it a user or a password. */
const takesOver = (scene: Scene, target: Target, protocol: MuttProtocol): boolean =>
  scene.hook.startsWith('account-hook') &&
  ['user', 'login', 'pass'].some((name) => isGiven(scene, PREFIX[protocol] + name)) &&
  isMeant(scene.pattern, target);

const isGiven = (scene: Scene, key: string): boolean =>
  scene.own.has(key) && scene.settings.get(key)?.text !== '';

/**
 * Whether a hook's pattern names this server. Patterns are regular expressions that come with the files, so they are
 * not run but read: without backslashes, they must contain the server, or be a part of its URL.
 */
function isMeant(pattern: string, { user, host, url }: Target): boolean {
  const literal = literalOf(pattern);
  if (/^[.*]*$/.test(literal) || pattern.startsWith('!') || host === undefined || host === '') return false;
  const named = /\/\/([^@/]*)@/.exec(literal)?.[1];
  if (named !== undefined && decoded(named) !== decoded(user ?? '')) return false;
  const scheme = { imap: 'imap', pop3: 'pop', smtp: 'smtp' }[url?.word.url.protocol ?? 'imap'];
  return (
    literal.includes(host) ||
    [`${scheme}s://${host}/`, `${scheme}://${host}/`].some((text) => text.includes(literal))
  );
}

const literalOf = (pattern: string): string => pattern.replace(/^\^/, '').replace(/\\(.)/g, '$1');

const decoded = (spelled: string): string => {
  const plain = decodeUrlPart(Buffer.from(spelled).toString('latin1'));
  return plain === undefined ? spelled : utf8(plain);
};

function serverIn(pattern: string, protocol: MuttProtocol): Target | undefined {
  const named = /(imap|pop)(s?)\??:\/\/(?:([^@/]*)@)?([A-Za-z0-9.-]+|\[[^\]]*\])(?::(\d+))?/.exec(
    literalOf(pattern),
  );
  if (!named || named[1] !== PREFIX[protocol]) return undefined;
  const [, , secure, user, host, port] = named;
  return {
    user,
    host,
    port: port === undefined ? undefined : Number(port),
    tls: secure ? 'implicit' : 'starttls',
  };
}

function loginOf(
  scene: Scene,
  protocol: MuttProtocol,
  target: Target,
  scenes: readonly Scene[],
): readonly (MuttLogin | { readonly problem: Problem })[] {
  const prefix = PREFIX[protocol];
  const setting = (name: string): Setting | undefined => scene.settings.get(prefix + name);
  const inUrl = target.url?.word.url.password?.length ? target.url : undefined;
  const user = userOf(setting, target);
  const { host } = target;
  if (user === undefined || host === undefined) {
    const file = target.url?.file ?? setting('user')?.file;
    return [{ problem: problem('unsupported', file, `${prefix}_user`) }];
  }
  const password = setting('pass');
  // mutt asks for a user that is not given; SMTP without one sends no password.
  if (user === '' && (protocol === 'smtp' || (!inUrl && !password?.text))) return [];
  const [start] = scenes;
  return [
    {
      scene,
      protocol,
      user,
      host: decoded(host),
      ...securityOf(scene, protocol, target),
      oauth: usesOAuth(setting),
      from: addressIn(scene.settings.get('from')?.text ?? ''),
      ...(inUrl ? { inUrl } : {}),
      password,
      single: scene === start && urlsOf(scene, protocol).length === 1,
      passwordless: isPasswordless(setting) || scene.settings.has('tunnel'),
    },
  ];
}

/** What LOGIN is given: `imap_login`, the user of the URL, `imap_user` (`mutt_account_getlogin` in mutt's account.c). */
function userOf(setting: (name: string) => Setting | undefined, target: Target): string | undefined {
  const login = setting('login');
  if (login && login.text !== '') return login.text;
  if (target.user === undefined && target.url?.word.url.user) return undefined;
  if (target.user) return decoded(target.user);
  const user = setting('user');
  return user ? user.text : '';
}

function securityOf(scene: Scene, protocol: MuttProtocol, target: Target): { port: number; tls: Tls } {
  const [plain, secure] = PORTS[protocol];
  const starttls = scene.settings.get('sslstarttls')?.text;
  const tls = target.tls === 'starttls' && starttls === 'no' ? 'none' : target.tls;
  return { tls, port: target.port ?? (tls === 'implicit' ? secure : plain) };
}

/** In doubt it is a token: mutt tries the mechanisms of the list in turn. */
const usesOAuth = (setting: (name: string) => Setting | undefined): boolean =>
  /xoauth2|oauthbearer/i.test(setting('authenticators')?.text ?? '') ||
  (setting('oauthrefreshcommand') !== undefined && setting('oauthrefreshcommand')?.text !== '');

const WITHOUT_PASSWORD = /^(?:gssapi|anonymous|external)(?:[: ]+(?:gssapi|anonymous|external))*$/i;

const isPasswordless = (setting: (name: string) => Setting | undefined): boolean =>
  WITHOUT_PASSWORD.test(setting('authenticators')?.text ?? '');

const addressIn = (from: string): string | undefined => /([^<>\s"]+@[^<>\s"]+)>?\s*$/.exec(from)?.[1];
