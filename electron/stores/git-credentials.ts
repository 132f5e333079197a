import { isAbsolute, join } from 'node:path';
import type { Entry, Protocol, Tls, Trouble } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import type { Reader, Store } from '../engine/ports.ts';
import { storeFileOf } from '../formats/credential-helper.ts';
import { utf8 } from '../formats/git-config.ts';
import { type GitCredential, gitCredentialSlot, parseGitCredentials } from '../formats/git-credentials.ts';
import { readGitConfiguration, userGitConfigs } from '../formats/git-includes.ts';
import { splitHost } from '../formats/host-port.ts';

const ID = 'git-credentials';

/**
 * The files of `git credential-store`: the two default ones and those that a `credential.helper` names
 * (git-credential-store(1)). git send-email and git imap-send ask here with their protocol as scheme.
 */
export const gitCredentialStore: Store = {
  id: ID,
  name: 'git credential store',
  platforms: ['linux', 'darwin', 'win32'],
  // An async generator because the port says so: reading is synchronous.
  async *find(machine) {
    for (const path of new Set(filesOf(machine))) yield* entriesOf(machine, path);
  },
};

function filesOf(machine: Reader): readonly string[] {
  const { home } = machine;
  const xdg = machine.env('XDG_CONFIG_HOME');
  const { views } = readGitConfiguration(machine, userGitConfigs(home, xdg));
  const named = views.flatMap(({ settings }) =>
    settings
      .filter(({ section, key }) => section === 'credential' && key === 'helper')
      .map(({ value }) => storeFileOf(utf8(value ?? ''), home))
      // A relative name depends on the folder in which git happens to run.
      .filter((file) => file !== undefined && isAbsolute(file)),
  );
  const defaults = [join(home, '.git-credentials'), join(xdg || join(home, '.config'), 'git', 'credentials')];
  return [...defaults, ...named.filter((file) => file !== undefined)];
}

function* entriesOf(machine: Reader, path: string): Generator<Entry | Trouble> {
  const bytes = machine.read(path);
  if (!bytes.ok) yield { store: ID, problem: bytes.problem };
  else for (const line of parseGitCredentials(bytes.value ?? Buffer.alloc(0))) yield entryOf(line, path);
}

function entryOf(line: GitCredential, path: string): Entry {
  const { protocol, login } = line;
  const { host, port } = splitHost(line.host.trimEnd());
  const use = USES[protocol] ?? { protocols: ['other'] };
  return {
    store: ID,
    client: `git (${protocol})`,
    place: { kind: 'file', path },
    slot: gitCredentialSlot(line),
    lens: 'git-credentials',
    ...use,
    login,
    host,
    ...(port === undefined ? {} : { port }),
    auth: 'password',
    ...(line.host.endsWith('\r')
      ? { problem: problem('unsupported', path, 'line ends with CR'), guide: 'text-file' as const }
      : {}),
  };
}

const USES: Readonly<Record<string, { readonly protocols: readonly Protocol[]; readonly tls?: Tls }>> = {
  smtp: { protocols: ['smtp'] },
  smtps: { protocols: ['smtp'], tls: 'implicit' },
  imap: { protocols: ['imap'] },
  imaps: { protocols: ['imap'], tls: 'implicit' },
  pop3: { protocols: ['pop3'] },
  pop3s: { protocols: ['pop3'], tls: 'implicit' },
  https: { protocols: ['git'] },
  http: { protocols: ['git'] },
};
