import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The folder of Thunderbird's own NSS, and none for the system's older one. */
export const NSS = { thunderbird: '/usr/lib/thunderbird', debian: '' } as const;

export type NssRequest =
  | { readonly do: 'encrypt'; readonly cipher: 'aes' | 'des3'; readonly text: string }
  | { readonly do: 'decrypt'; readonly value: string }
  | { readonly do: 'set-primary-password'; readonly to: string };

export interface NssAnswer {
  readonly version: string;
  readonly unlocked: boolean;
  readonly answers: readonly (string | null)[];
}

/** Asks the real NSS, which may write into the folder: give it a copy. */
export function askNss(
  library: keyof typeof NSS,
  profile: string,
  primaryPassword: string,
  requests: readonly NssRequest[],
): NssAnswer {
  const done = spawnSync('python3', [path.join(import.meta.dirname, 'nss.py')], {
    input: JSON.stringify({ profile, primaryPassword, requests }),
    env: { ...process.env, LD_LIBRARY_PATH: NSS[library] },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`nss.py: ${done.stderr}`);
  return JSON.parse(done.stdout) as NssAnswer;
}
