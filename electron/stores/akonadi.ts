import type { Place } from '../../shared/model.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Doer } from '../engine/ports.ts';
import type { KdeLogin } from '../formats/akonadi-resources.ts';

const CONTROL = 'org.freedesktop.Akonadi.Control';

/**
 * Has Akonadi start a program of its own anew, which forgets the password that it keeps in memory
 * (`AgentManager::restartAgentInstance`); one that does not run is not started. An old password must not be tried, so
 * after undo nothing is done.
 */
export async function restartAgent(
  machine: Doer,
  instance: string,
  holds: 'new' | 'old',
): Promise<Result<void>> {
  if (holds === 'old' || !(await machine.busNames()).includes(CONTROL)) return ok(undefined);
  const told = await machine.callBus({
    destination: CONTROL,
    path: '/AgentManager',
    interface: 'org.freedesktop.Akonadi.AgentManager',
    member: 'restartAgentInstance',
    argument: instance,
  });
  return told.ok ? told : fail('refresh-failed', 'Akonadi', told.problem.detail);
}

/** Whether a place is where a login's password is. */
export function isKeptAt(place: Place, { folder, entry }: Pick<KdeLogin, 'folder' | 'entry'>): boolean {
  if (place.kind === 'kwallet') return place.folder === folder && place.entry === entry;
  if (place.kind !== 'secret-service') return false;
  return place.attributes['server'] === folder && place.attributes['user'] === entry;
}
