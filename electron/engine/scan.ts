import type { Entry, Trouble } from '../../shared/model.ts';
import type { Engine, Scan } from './verbs.ts';

/** Everything the stores find on this machine. Reads only, never prompts, needs no secret. */
export async function scan(engine: Engine): Promise<Scan> {
  const { machine } = engine.system;
  const entries: Entry[] = [];
  const troubles: Trouble[] = [];
  for (const store of engine.stores) {
    if (!store.platforms.includes(machine.platform)) continue;
    for await (const found of store.find(machine)) {
      if ('slot' in found) entries.push(found);
      else troubles.push(found);
    }
  }
  return { entries, troubles };
}
