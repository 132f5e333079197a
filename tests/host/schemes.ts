import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

type Serve = (request: Request) => Response | Promise<Response>;

/**
 * Chromium refuses schemes that it was not built with, before they can be intercepted. So `app://rekey/x` is shown
 * to it as `https://rekey.app.localhost/x`, answered from the app's own handler, and called by its name elsewhere.
 */
const handlers = new Map<string, Serve | undefined>();

export const shown = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/i, (whole: string, scheme: string, host: string) =>
    handlers.has(scheme) ? `https://${host}.${scheme}.localhost` : whole,
  );

export const named = (url: string): string =>
  url.replace(
    /^https:\/\/([^/?#]+)\.([a-z0-9+-]+)\.localhost(?=[/?#]|$)/i,
    (whole: string, host: string, scheme: string) => (handlers.has(scheme) ? `${scheme}://${host}` : whole),
  );

/** The origin as Electron gives it, for standard schemes too; `null` for data and blank pages. */
export const originOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i.exec(url)?.[0] ?? 'null';

/** The app's answer to a request, `undefined` when the address is not of a scheme that the app serves. */
export async function serve(url: string, method: string): Promise<Response | undefined> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  return handler?.(new Request(url, { method }));
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of schemes) handlers.set(scheme, undefined);
  },
  handle(scheme: string, handler: Serve): void {
    if (handlers.get(scheme)) throw new Error(`${scheme}: is handled already`);
    handlers.set(scheme, handler);
  },
};

/** Files alone: nothing that runs in this host reaches the network through `net`. */
export const net = {
  async fetch(url: string): Promise<Response> {
    return new Response(await fs.promises.readFile(fileURLToPath(url)));
  },
};
