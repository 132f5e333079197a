import type { SessionBus } from './session-bus.ts';

/** Names that programs have taken on the bus; none where no bus answers. */
export const ownedNames = (bus: SessionBus): Promise<readonly string[]> => list(bus, 'ListNames');

/** Names whose programs the bus would start when somebody calls them. */
export const activatableNames = (bus: SessionBus): Promise<readonly string[]> =>
  list(bus, 'ListActivatableNames');

async function list(bus: SessionBus, member: string): Promise<readonly string[]> {
  const answer = await bus.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member,
  });
  const names: unknown = answer.ok ? answer.values[0] : [];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
