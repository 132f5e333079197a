import type { Entry, Tls } from '../../shared/model.ts';
import { isLoopback } from './server-identity.ts';

/** Ports whose protection is fixed by their registration (RFC 8314 §3, RFC 2595, RFC 6409). */
const BY_PORT: Readonly<Record<number, Tls>> = {
  993: 'implicit',
  465: 'implicit',
  995: 'implicit',
  143: 'starttls',
  587: 'starttls',
  110: 'starttls',
  25: 'starttls',
};

/** How a server on this port is reached where nobody says so: as registered, else TLS from the first byte (RFC 8314). */
export function tlsOfPort(port: number | undefined): Tls {
  return (port === undefined ? undefined : BY_PORT[port]) ?? 'implicit';
}

/**
 * The protection under which a password may be sent to what a client states. `none` is left only for this computer
 * itself; to any other host an unprotected connection becomes a required STARTTLS.
 */
export function tlsMode({ host, port, tls }: Pick<Entry, 'host' | 'port' | 'tls'>): Tls {
  if (tls === 'implicit' || tls === 'starttls') return tls;
  const registered = port === undefined ? undefined : BY_PORT[port];
  if (isLoopback(host)) return tls ?? registered ?? 'none';
  return registered ?? (tls === 'none' ? 'starttls' : 'implicit');
}

/** A gateway on this computer that speaks without TLS (DavMail): it says nothing about the account's real server. */
export function isPlainLoopback(entry: Pick<Entry, 'host' | 'port' | 'tls'>): boolean {
  return isLoopback(entry.host) && tlsMode(entry) === 'none';
}
