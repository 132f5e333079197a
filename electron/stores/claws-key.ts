import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Reader } from '../engine/ports.ts';
import type { Secret } from '../engine/secret.ts';
import { canDerive, type ClawsKey, openClawsKey } from '../formats/claws-crypt.ts';
import { flagOf, numberOf, prefsBlocks, type PrefsBlock, textOf } from '../formats/sylpheed-prefs.ts';

/** The blocks of a preference file; none where it does not exist. */
export function clawsBlocks(machine: Reader, path: string): Result<readonly PrefsBlock[]> {
  const bytes = machine.read(path);
  if (!bytes.ok) return bytes;
  const blocks = prefsBlocks(bytes.value ?? Buffer.alloc(0));
  return blocks ? ok(blocks) : fail('unsupported', path, 'a NUL in the file');
}

const EMPTY: PrefsBlock = { label: 'Common', values: new Map(), end: 0 };

/** The settings that are not an account's, from clawsrc. */
export function clawsCommon(machine: Reader, profile: string): Result<PrefsBlock> {
  const blocks = clawsBlocks(machine, join(profile, 'clawsrc'));
  return blocks.ok ? ok(blocks.value.find(({ label }) => label === 'Common') ?? EMPTY) : blocks;
}

const USUAL_ROUNDS = 50_000;

/**
 * The key of a profile. `primary-password-needed` and `primary-password-wrong` name its folder; `client-not-started`
 * where Claws Mail has not made its salt yet, which it does when it first keeps a password.
 */
export function readClawsKey(machine: Reader, profile: string, primaryPassword?: Secret): Result<ClawsKey> {
  const common = clawsCommon(machine, profile);
  if (!common.ok) return common;
  const salt = Buffer.from(textOf(common.value, 'master_passphrase_salt'), 'base64');
  const rounds = numberOf(common.value, 'master_passphrase_pbkdf2_rounds', USUAL_ROUNDS);
  if (salt.length === 0) return fail('client-not-started', profile);
  if (!canDerive(rounds))
    return fail('unsupported', join(profile, 'clawsrc'), 'the number of rounds is damaged');
  const check = textOf(common.value, 'master_passphrase');
  const key = openClawsKey(
    { salt, rounds, ...(flagOf(common.value, 'use_master_passphrase') ? { check } : {}) },
    primaryPassword,
  );
  if (key.ok) return key;
  const { kind, detail } = key.problem;
  return fail(kind, kind === 'unsupported' ? join(profile, 'clawsrc') : profile, detail);
}
