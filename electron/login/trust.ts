import * as tls from 'node:tls';

/**
 * The certificates that a mail server's chain may end in: Node's bundled ones, the system's (company authorities
 * live there) and the given PEM texts; TLS 1.2 or newer. Costs tens of milliseconds, so make it once and late.
 */
export function trustOf(extra: readonly string[]): tls.SecureContext {
  const ca = new Set([...authorities('bundled'), ...authorities('system'), ...extra]);
  return tls.createSecureContext({ ca: [...ca], minVersion: 'TLSv1.2' });
}

/** Node before 22.15 cannot read the system's store and only has the bundled list. */
function authorities(type: 'bundled' | 'system'): readonly string[] {
  if (typeof tls.getCACertificates === 'function') return tls.getCACertificates(type);
  return type === 'bundled' ? tls.rootCertificates : [];
}
