import { createRequire } from 'node:module';
import { domainToASCII } from 'node:url';

/** Providers that serve one mailbox under several registrable domains, each by the endings of its hosts. */
const PROVIDERS: readonly (readonly string[])[] = [
  ['gmail.com', 'googlemail.com', 'google.com'],
  ['office365.com', 'outlook.com', 'office.com', 'hotmail.com', 'live.com'],
  ['yahoo.com', 'yahoo.de', 'yahoo.co.uk', 'yahoo.fr', 'ymail.com', 'aol.com'],
  ['icloud.com', 'me.com', 'mac.com'],
  ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch', 'gmx.com', 'web.de', 'mail.com'],
  ['ionos.de', 'ionos.com', 'ionos.co.uk', 'ionos.fr', '1und1.de', '1and1.com', 'kundenserver.de'],
  ['fastmail.com', 'fastmail.fm', 'messagingengine.com'],
];

/** Names that are in their one spelling already: nearly all. */
const PLAIN_NAME = /^(?!.*xn--)(?:[a-z\d-]+\.)*[a-z]{2,}$/;

/**
 * A host name in one spelling: lower case, no trailing dot, no brackets, international names in their ASCII form
 * (RFC 5891), IPv6 addresses in their short form (RFC 5952). Empty stays empty.
 */
export function hostName(text: string): string {
  if (PLAIN_NAME.test(text)) return text;
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (bare.includes(':')) {
    const url = `http://[${bare}]`;
    return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : bare;
  }
  return domainToASCII(bare) || bare;
}

/** True when both texts name the same host; an empty text names none. */
export function sameHost(a: string, b: string): boolean {
  const host = hostName(a);
  return host !== '' && host === hostName(b);
}

/** True for hosts that never leave this computer: `localhost` (RFC 6761), 127.0.0.0/8 (RFC 1122), `::1` (RFC 4291). */
export function isLoopback(text: string): boolean {
  const host = hostName(text);
  return (
    host === '::1' || host === 'localhost' || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}

/**
 * True when two hosts belong to one mail server: the same host, two hosts of one provider, or two hosts under one
 * registrable domain (Public Suffix List with its private part, so that customers of one hoster stay apart).
 * Addresses and names of a single label equal only themselves.
 */
export function sameServer(a: string, b: string): boolean {
  const [one, other] = [hostName(a), hostName(b)];
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const provider = providerOf(one);
  if (provider !== undefined) return provider === providerOf(other);
  return lastLabels(one) === lastLabels(other) && sameDomain(one, other);
}

const PROVIDER_OF = new Map(
  PROVIDERS.flatMap((endings) => endings.map((ending) => [ending, endings] as const)),
);

function providerOf(host: string): readonly string[] | undefined {
  for (let at = 0; at !== -1; at = host.indexOf('.', at) + 1 || -1) {
    const provider = PROVIDER_OF.get(host.slice(at));
    if (provider !== undefined) return provider;
  }
  return undefined;
}

/** A registrable domain has two labels or more, so hosts that differ here need no look at the list. */
function lastLabels(host: string): string {
  return host.slice(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
}

function sameDomain(a: string, b: string): boolean {
  const domain = registrableDomain(a);
  return domain !== null && domain === registrableDomain(b);
}

type GetDomain = typeof import('tldts').getDomain;

let getDomain: GetDomain | undefined;

/** Loads the Public Suffix List on first use: 10 ms, a quarter of what a command line may take to start. */
export function registrableDomain(host: string): string | null {
  getDomain ??= loadGetDomain();
  return getDomain(host, { allowPrivateDomains: true });
}

function loadGetDomain(): GetDomain {
  const tldts: typeof import('tldts') = createRequire(import.meta.url)('tldts');
  return tldts.getDomain;
}
