import { join } from 'node:path';
import type { Reader, Store } from '../engine/ports.ts';
import { readKConfig } from '../formats/kconfig.ts';
import { mailTransports, type Transport } from '../formats/mail-transports.ts';
import { restartAgent } from './akonadi.ts';
import { configHome } from './config-folders.ts';
import { keptBy, type Kept } from './kde-wallet.ts';
import { entryOf } from './kmail.ts';

const ID = 'kde-transports';

/** What KMail and its relatives send with; Akonadi's dispatcher is what does it. */
export const kdeTransports: Store = {
  id: ID,
  name: 'KMail (sending)',
  platforms: ['linux'],

  async *find(machine) {
    const path = join(configHome(machine), 'mailtransports');
    const read = machine.read(path);
    if (!read.ok) return yield { store: ID, problem: read.problem };
    if (!read.value) return;
    const config = readKConfig(read.value);
    if (!config.ok) return yield { store: ID, problem: { ...config.problem, subject: path } };
    for (const transport of mailTransports(config.value)) {
      const { group: _group, remembers: _remembers, inFile: _inFile, ...login } = transport;
      for (const kept of await whereabouts(machine, path, transport)) yield entryOf(ID, login, kept);
    }
  },

  async after(machine, _place, holds) {
    return restartAgent(machine, 'akonadi_maildispatcher_agent', holds);
  },
};

/** A password in the file itself is read before any wallet (`Transport::usrRead`), and is disguised, not sealed. */
async function whereabouts(machine: Reader, path: string, transport: Transport): Promise<readonly Kept[]> {
  const { group, remembers, inFile, auth } = transport;
  if (remembers && inFile && auth === 'password')
    return [{ place: { kind: 'file', path }, lens: 'kde-obscured', slot: { group } }];
  const kept = await keptBy(machine, { ...transport, addable: remembers && auth === 'password' });
  return remembers ? kept : kept.filter(({ stored }) => stored !== 'missing');
}
