import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Attributes } from '../../shared/model.ts';

export type NetworkKind = '802-1x' | 'vpn';
type Schema = 'agent' | 'network';

export type NetworkRequest =
  | { readonly do: 'write'; readonly kind: NetworkKind; readonly password: string }
  | { readonly do: 'read'; readonly kind: NetworkKind; readonly text: string }
  | { readonly do: 'lookup'; readonly schema: Schema; readonly attributes: Attributes }
  | {
      readonly do: 'store';
      readonly schema: Schema;
      readonly attributes: Attributes;
      readonly label: string;
      readonly password: string;
    };

/** Asks NetworkManager's library and libsecret, in the given session if they need one. The Python is Debian's own. */
export function askNetworks(
  requests: readonly NetworkRequest[],
  env: NodeJS.ProcessEnv = {},
): readonly unknown[] {
  const done = spawnSync('/usr/bin/python3', [path.join(import.meta.dirname, 'networks.py')], {
    input: JSON.stringify(requests),
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`networks.py: ${done.stderr}`);
  return JSON.parse(done.stdout) as readonly unknown[];
}
