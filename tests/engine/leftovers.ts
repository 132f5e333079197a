import fs from 'node:fs';
import path from 'node:path';
import type { Run } from '../../electron/engine/ports.ts';
import { removal, remove } from '../../electron/engine/remove.ts';
import type { Engine, Plan } from '../../electron/engine/verbs.ts';
import type { Report, Step } from '../../shared/model.ts';
import { planOn, quietRun, scratch, secret, type Scratch } from '../doubles/engine.ts';
import { caseFolder } from '../stores/fixture.ts';

/** Signs in with a token everywhere; her Thunderbird still holds the passwords of before. */
export const ALICE = 'alice@example.org';
export const PROFILE = '.thunderbird/abcd1234.default-default';
export const PRIMARY = 'Über geheim';
const FILES = ['logins.json', 'logins-backup.json'] as const;

/** The home that the real Thunderbird left behind; `locked` behind a primary password. */
export function aliceHome(locked = false): Scratch {
  const home = scratch();
  const name = locked ? 'oauth-leftovers-locked' : 'oauth-leftovers';
  fs.cpSync(path.join(caseFolder('thunderbird', name), 'home'), home.home, { recursive: true });
  for (const file of FILES) fs.chmodSync(home.path(`${PROFILE}/${file}`), 0o600);
  return home;
}

export const filesOf = (home: Scratch): readonly string[] =>
  FILES.map((file) => home.read(`${PROFILE}/${file}`));

/** The same files once every old password is gone. */
export const removedFiles = (): readonly string[] =>
  FILES.map((file) =>
    fs.readFileSync(
      path.join(caseFolder('thunderbird', 'oauth-leftovers'), 'home.removed', PROFILE, file),
      'utf8',
    ),
  );

/** The old passwords of a plan, by server and then by file. */
export const leftoversOf = ({ steps }: Plan): readonly Step[] =>
  steps.filter(({ effect }) => effect === 'remove').toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = ({ slot, where }: Step): string => `${slot['origin']} ${where}`;

export const planFor = (engine: Engine): Promise<Plan> => planOn(engine, { account: ALICE });

/** Removes the old passwords with these ids, or all of them. */
export async function removeOn(
  engine: Engine,
  { primary, ids, run }: { primary?: string; ids?: readonly string[]; run?: Run } = {},
): Promise<Report> {
  const plan = await planFor(engine);
  const chosen = removal(plan, ids ?? leftoversOf(plan).map(({ id }) => id));
  if (!chosen.ok) throw new Error(chosen.problem.kind);
  const where = leftoversOf(plan)[0]?.where ?? '';
  const unlocks = new Map(primary === undefined ? [] : [[path.dirname(where), secret(primary)]]);
  return remove(engine, chosen.value, unlocks, run ?? quietRun());
}
