import type { Messages } from '../../shared/messages/messages.ts';
import type { Endpoint } from '../wizard-state.ts';
import { usesOf } from './words.ts';

/** A server's name for each endpoint, in order; with its port where two rows would read the same without it. */
export function serverNames(messages: Messages, endpoints: readonly Endpoint[]): readonly string[] {
  const said = ({ host, protocol }: Endpoint): string => `${host} ${usesOf(messages, [protocol])}`;
  return endpoints.map((endpoint) => {
    const alike = endpoints.filter((other) => said(other) === said(endpoint));
    return alike.length > 1 ? `${endpoint.host}:${endpoint.port}` : endpoint.host;
  });
}

/** What tells endpoints apart. */
export const endpointKey = ({ protocol, host, port }: Endpoint): string => `${protocol} ${host}:${port}`;
