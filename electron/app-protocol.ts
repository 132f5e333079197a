import { net, protocol } from 'electron';
import { pathToFileURL } from 'node:url';
import { headersFor, pageFile, SCHEME } from './page-address.ts';

/** Makes `app:` an origin of its own, as https is one. To be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Answers `app://rekey/...` from the folder of the built page, and nothing else. */
export function serveApp(folder: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    const file = method === 'GET' ? pageFile(folder, url) : undefined;
    if (!file) return notFound();
    try {
      const { body } = await net.fetch(pathToFileURL(file.path).href);
      return new Response(body, { headers: headersFor(file.type) });
    } catch {
      return notFound();
    }
  });
}

const notFound = (): Response => new Response('', { status: 404, headers: headersFor('text/plain') });
