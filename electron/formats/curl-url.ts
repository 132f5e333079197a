/** What of a URL matters to a login. */
export interface CurlUrl {
  /** In lower case; guessed from the host as curl does where it is left out. */
  readonly scheme: string;
  readonly host: string;
  readonly port?: number;
  /** As spelled, percent-encoded; undefined without an `@`. */
  readonly user?: string;
  readonly password?: string;
  /** Where the password stands in the text. */
  readonly passwordFrom?: number;
  readonly passwordTo?: number;
  /** Several `@`, login options (`;AUTH=`) or a globbed login: left alone. */
  readonly broken: boolean;
}

const URL_PARTS = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^/?#]*)@)?([^/?#@]*)/;

/** Protocols that a host name without a scheme gives away (`guess_scheme` in lib/urlapi.c). */
const GUESSED = /^(ftp|dict|ldap|imap|smtp|pop3)\./i;

/** Takes a URL apart as far as `user:password@host:port` (RFC 3986 §3.2, lib/urlapi.c). */
export function curlUrl(text: string): CurlUrl {
  const [all = '', scheme, userinfo, authority = ''] = URL_PARTS.exec(text) ?? [];
  const [, host = '', digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  return {
    scheme: scheme?.toLowerCase() ?? GUESSED.exec(host)?.[1]?.toLowerCase() ?? 'http',
    host,
    ...(digits === undefined ? {} : { port: Number(digits) }),
    ...(userinfo === undefined ? {} : credentials(userinfo, all.length - authority.length - 1)),
    broken: userinfo !== undefined && /[@;{}[\]]/.test(userinfo),
  };
}

function credentials(
  userinfo: string,
  end: number,
): Pick<CurlUrl, 'user' | 'password' | 'passwordFrom' | 'passwordTo'> {
  const colon = userinfo.indexOf(':');
  if (colon < 0) return { user: userinfo };
  return {
    user: userinfo.slice(0, colon),
    password: userinfo.slice(colon + 1),
    passwordFrom: end - userinfo.length + colon + 1,
    passwordTo: end,
  };
}
