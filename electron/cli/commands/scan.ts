import type { Account, Entry } from '../../../shared/model.ts';
import { count, fill } from '../../../shared/messages/explain.ts';
import { accounts } from '../../engine/account.ts';
import { slotKey } from '../../engine/place.ts';
import { scan as scanMachine } from '../../engine/scan.ts';
import type { Command, Context } from '../context.ts';
import { EMPTY, type Section } from '../../report/ending.ts';
import { rowOfEntries } from '../../report/row.ts';

/** Lists the accounts on this machine with their places. Reads only; always exit 0. */
export const scan: Command = async (context) => {
  const { entries, troubles } = await scanMachine(context.engine);
  const found = accounts(entries);
  return {
    ...EMPTY,
    command: 'scan',
    sections: found.map((account) => section(account, context)),
    warnings: troubles.map(({ problem }) => problem),
    summary: found.length === 0 ? [context.messages.commandLine.noAccounts] : [],
    extra: { accounts: found.map(({ address, logins }) => ({ address, logins })) },
  };
};

function section(account: Account, { messages }: Context): Section {
  const slots = [...Map.groupBy(account.entries, ({ place, slot }) => slotKey(place, slot)).values()];
  const rows = slots.flatMap(([first, ...more]) => (first ? [rowOfEntries([first, ...more], messages)] : []));
  const { accountLine, places, programs } = messages.commandLine;
  const heading = fill(accountLine, {
    account: account.address,
    places: count(places, rows.length),
    programs: count(programs, programsOf(account.entries)),
  });
  return { heading, rows };
}

const programsOf = (entries: readonly Entry[]): number => new Set(entries.map(({ store }) => store)).size;
