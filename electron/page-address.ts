import path from 'node:path';

export const SCHEME = 'app';

/** The origin of everything the page loads, and the only one whose calls are answered. */
export const ORIGIN = `${SCHEME}://rekey`;
export const PAGE = `${ORIGIN}/index.html`;

/** What the page may load and do, sent with every file: its own files, no inline code, no network, no frames. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A file of the page, and what it is sent as. */
export interface PageFile {
  readonly path: string;
  readonly type: string;
}

/** The file behind an address; `undefined` on another origin, outside the folder, or of no kind that a page has. */
export function pageFile(folder: string, url: string): PageFile | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  const type = CONTENT_TYPES[path.extname(pathname)];
  if (`${protocol}//${host}` !== ORIGIN || type === undefined || pathname.includes('%')) return undefined;
  const wanted = path.join(folder, pathname);
  return wanted.startsWith(folder + path.sep) ? { path: wanted, type } : undefined;
}

/** The headers of every answer to the page. */
export const headersFor = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
});
