import type { Slot, Tls } from '../../shared/model.ts';
import { type Char, text, type Token } from './muttrc-text.ts';

/** A mailbox or server URL (`url_parse_ciss` in mutt's url.c, `url_parse` in NeoMutt's email/url.c). */
export interface MailUrl {
  readonly token: Token;
  readonly protocol: 'imap' | 'pop3' | 'smtp';
  readonly tls: Tls;
  readonly user: readonly Char[] | undefined;
  readonly password: readonly Char[] | undefined;
  readonly host: readonly Char[];
  readonly port: number | undefined;
  /** What tells it from other URLs: user and host as spelled. */
  readonly names: Slot;
  /** The colon after the user, where a password would follow. */
  readonly colon?: Char;
}

const SCHEMES: Readonly<Record<string, Pick<MailUrl, 'protocol' | 'tls'>>> = {
  imap: { protocol: 'imap', tls: 'starttls' },
  imaps: { protocol: 'imap', tls: 'implicit' },
  pop: { protocol: 'pop3', tls: 'starttls' },
  pops: { protocol: 'pop3', tls: 'implicit' },
  smtp: { protocol: 'smtp', tls: 'starttls' },
  smtps: { protocol: 'smtp', tls: 'implicit' },
};

const SHAPE =
  /^(?:(imaps?|pops?|smtps?):\/\/)?(?:([^/:]*)(:[^/]*)?@)?(\[[^\]/]*\]|[^/:@]*)(?::(\d*))?(?=\/|$)/is;

/** The URL that a word is; undefined for any other word. A `pop_host` may leave out the scheme. */
export function readMailUrl(token: Token, isPopHost = false): MailUrl | undefined {
  const found = SHAPE.exec(text(token.chars));
  const [, scheme = isPopHost ? 'pop' : '', user, password, host = '', port = ''] = found ?? [];
  const kind = SCHEMES[scheme.toLowerCase()];
  if (!kind || host === '') return undefined;
  let at = found?.[1] === undefined ? 0 : scheme.length + 3;
  const take = (length: number): readonly Char[] => token.chars.slice(at, (at += length));
  const userChars = user === undefined ? undefined : take(user.length);
  const [colon, ...passwordChars] = take(password?.length ?? 0);
  if (user !== undefined) take(1);
  const hostChars = take(host.length);
  return {
    token,
    ...kind,
    user: userChars,
    password: colon ? passwordChars : undefined,
    host: hostChars,
    port: Number(port) || undefined,
    names: { ...(userChars ? { login: nameText(userChars) } : {}), host: nameText(hostChars) },
    ...(colon ? { colon } : {}),
  };
}

/** Percent-decoded; undefined where mutt refuses the URL. */
export function decodeUrlPart(spelled: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(spelled)) return undefined;
  return spelled.replace(/%(..)/gs, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The text of Latin-1 characters that each stand for a byte. */
export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/** For people and slots: never with a password that stands in a URL. */
export const nameText = (chars: readonly Char[]): string =>
  utf8(chars.map(({ c, expansion }) => (expansion ? '$' : c)).join('')).replace(
    /(:\/\/[^/:\s]*):[^/\s]*@/g,
    '$1@',
  );
