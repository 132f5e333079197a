import { net, protocol } from 'electron';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SCHEME = 'app';

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

/** Makes `app:` an origin of its own, as https is one. To be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Answers `app://rekey/...` from the folder of the built page, and nothing else. */
export function serveApp(folder: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    try {
      const file = method === 'GET' ? fileOf(folder, url) : undefined;
      const type = CONTENT_TYPES[path.extname(file ?? '')];
      if (file === undefined || type === undefined) return refusal(404);
      const { body } = await net.fetch(pathToFileURL(file).href);
      return new Response(body, { headers: headersFor(type) });
    } catch {
      return refusal(404);
    }
  });
}

/** The file behind an address, `undefined` where it lies on another host or outside the folder. */
export function fileOf(folder: string, url: string): string | undefined {
  const { protocol: scheme, host, pathname } = new URL(url);
  if (`${scheme}//${host}` !== ORIGIN) return undefined;
  const wanted = path.normalize(path.join(folder, decodeURIComponent(pathname)));
  return wanted.startsWith(folder + path.sep) ? wanted : undefined;
}

const refusal = (status: number): Response => new Response('', { status, headers: headersFor('text/plain') });

const headersFor = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
});
