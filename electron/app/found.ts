import type { AccountCard, Reply, RunSummary } from '../../shared/contract.ts';
import type { Account, Entry, RunRecord } from '../../shared/model.ts';
import { accounts } from '../engine/account.ts';
import { KEPT_MS } from '../engine/history.ts';
import { slotKey } from '../engine/place.ts';
import { unfinished } from '../engine/recover.ts';
import { scan } from '../engine/scan.ts';
import { runningWith } from '../engine/tell.ts';
import { storeOf } from '../engine/values.ts';
import type { Engine } from '../engine/verbs.ts';
import { titleOf } from '../report/title.ts';

/** What is on this computer, for the first screen. Opens nothing. */
export async function found(engine: Engine): Promise<Reply<'scan'>> {
  const { machine } = engine.system;
  const { entries } = await scan(engine);
  const known = accounts(entries);
  return {
    accounts: known.map(cardOf),
    running: (await Promise.all(known.map((account) => running(engine, account)))).flat(),
    unfinished: unfinished(engine).map(summaryOf),
    looked: engine.stores
      .filter(({ platforms }) => platforms.includes(machine.platform))
      .map(({ name }) => name),
  };
}

const cardOf = ({ address, entries }: Account): AccountCard => ({
  address,
  places: new Set(entries.filter(holdsSomething).map(({ place, slot }) => slotKey(place, slot))).size,
  programs: [...new Set(entries.map((entry) => titleOf(entry).program))],
  signsInWithTokens: entries.every(({ auth }) => auth === 'oauth'),
});

/**
 * What is set up but holds no password yet is offered on the next screen, and counted nowhere; the copy of an old
 * password is counted with its original.
 */
const holdsSomething = ({ auth, stored, leftover, backup }: Entry): boolean =>
  auth === 'oauth' ? !(leftover && backup) : stored !== 'missing';

/** Open programs that hold a password of the account: they go on trying it. */
async function running(engine: Engine, { address, entries }: Account): Promise<Reply<'scan'>['running']> {
  const readers = entries.filter(({ auth }) => auth === 'password');
  const names = await Promise.all(readers.map((entry) => holderOf(engine, entry)));
  return [...new Set(names)].flatMap((name) => (name === undefined ? [] : [{ name, account: address }]));
}

const holderOf = async (engine: Engine, entry: Entry): Promise<string | undefined> =>
  storeOf(engine, entry.store)?.busy?.(engine.system.machine, entry.place)?.name ??
  (await runningWith(engine, entry));

/** A run on record, with the day until which it can be taken back. */
export const summaryOf = ({ places, ...run }: RunRecord): RunSummary => ({
  ...run,
  places: [...places],
  keptUntil: run.at + KEPT_MS,
});
