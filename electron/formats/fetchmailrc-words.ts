/** One word of a `.fetchmailrc`; one character per byte, offsets are bytes of the file. */
export interface FetchmailWord {
  /** `keyword`: as spelled; `text`: a name, a value, also a number; `mark`: an equals sign. */
  readonly kind: 'keyword' | 'text' | 'mark';
  /** Decoded. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** Keywords after which any unquoted word is a name, even one that is spelled like a keyword. */
const BEFORE_NAMES = new Set(['user', 'username', 'pass', 'password', 'is', 'to']);
const BEFORE_MECHANISMS = new Set(['auth', 'authenticate', 'preauth', 'preauthenticate']);

/** Words that may stand anywhere and say nothing. */
const NOISE = new Set(['with', 'and', 'has', 'wants', 'options']);

const KEYWORDS = new Set([
  ...BEFORE_NAMES,
  ...BEFORE_MECHANISMS,
  ...'poll server skip defaults set via proto protocol port service ssl sslproto here there'.split(' '),
  ...'passwordfile passwordfd aka local localdomains folder folders smtp smtphost fetchdomains'.split(' '),
  ...'keep flush limitflush fetchall rewrite forcecr stripcr pass8 pass8bits dropstatus'.split(' '),
  ...'dropdelivered mimedec mimedecode idle no nokeep noflush nolimitflush nofetchall norewrite'.split(' '),
  ...'noforcecr nostripcr nopass8 nopass8bits nodropstatus nodropdelivered nomimedec'.split(' '),
  ...'nomimedecode noidle mda bsmtp lmtp pre preconnect post postconnect properties limit'.split(' '),
  ...'warnings fetchlimit fetchsizelimit fastuidl batchlimit expunge sslkey sslcert sslcertck'.split(' '),
  ...'nosslcertck sslcertfile sslcertpath sslcommonname sslfingerprint smtpaddress smtpname'.split(' '),
  ...'antispam uidl nouidl checkalias nocheckalias interval timeout envelope noenvelope'.split(' '),
  ...'qvirtual interface monitor plugin plugout dns nodns tracepolls notracepolls bad-header'.split(' '),
  ...'esmtpname esmtppassword principal accept reject'.split(' '),
]);

const QUOTED = /"[^"]*"|'[^']*'/y;
const BARE = /[^=;:, \t\r\n]+/y;
const COMMENT = /(?:#[^\n]*)?\\?\n/y;

/**
 * The words of a `.fetchmailrc` without comments and noise (rcfile_l.l of fetchmail). The longest match counts: a
 * quote that is followed at once by more is an unquoted word with quotes in it, unless there is a blank between the
 * quotes.
 */
export function fetchmailWords(text: string): readonly FetchmailWord[] {
  const words: FetchmailWord[] = [];
  let state: 'names' | 'mechanism' | '' = '';
  for (let from = 0; from < text.length;) {
    const quoted = match(QUOTED, text, from);
    const bare = match(BARE, text, from);
    const comment = match(COMMENT, text, from);
    const length = Math.max(quoted, bare, comment, 1);
    const to = from + length;
    const spelled = text.slice(from, to);
    if (quoted === length) {
      words.push({ kind: 'text', value: decode(spelled.slice(1, -1)), from, to });
      state = '';
    } else if (bare === length) {
      const isKeyword: boolean = state === '' && (KEYWORDS.has(spelled) || NOISE.has(spelled));
      if (!isKeyword) words.push({ kind: 'text', value: decode(spelled), from, to });
      else if (!NOISE.has(spelled)) words.push({ kind: 'keyword', value: spelled, from, to });
      state = isKeyword ? stateAfter(spelled) : '';
    } else if (spelled === '=') {
      words.push({ kind: 'mark', value: '=', from, to });
      state = 'names';
    }
    from = to;
  }
  return words;
}

function match(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0].length ?? 0;
}

function stateAfter(keyword: string): 'names' | 'mechanism' | '' {
  if (BEFORE_NAMES.has(keyword)) return 'names';
  return BEFORE_MECHANISMS.has(keyword) ? 'mechanism' : '';
}

const ESCAPE = /\\(?:[xX]([0-9a-fA-F]{0,2})|(0[0-7]{0,2})|([1-9][0-9]{0,2})|([^])|$)/g;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', r: '\r', '\n': '' };

/** C-like escapes; digits that do not start with 0 are a decimal number (`escapes` in rcfile_l.l). */
function decode(spelled: string): string {
  const decoded = spelled.replace(
    ESCAPE,
    (_, hex?: string, octal?: string, decimal?: string, letter?: string) => {
      if (hex !== undefined) return byte(Number.parseInt(hex || '0', 16));
      if (octal !== undefined) return byte(Number.parseInt(octal, 8));
      if (decimal !== undefined) return byte(Number(decimal));
      return letter === undefined ? '' : (LETTERS[letter] ?? letter);
    },
  );
  const end = decoded.indexOf('\0');
  return end < 0 ? decoded : decoded.slice(0, end);
}

const byte = (value: number): string => String.fromCharCode(value & 0xff);

/** In double quotes, which nothing protects inside: they and control characters are written by their number. */
export const quoteForFetchmail = (plain: string): string => `"${[...plain].map(spell).join('')}"`;

function spell(c: string): string {
  if (c === '\\') return '\\\\';
  const code = c.charCodeAt(0);
  return c === '"' || code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : c;
}
