import type { Place } from '../../shared/model.ts';
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts';
import type { Bytes } from '../engine/ports.ts';
import { hasStrangers } from './gpg-id.ts';
import { pipeThrough, type Piped } from './pipe.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `error` lets gpg-agent answer from its cache and fails where it would have to ask: a pinentry never pops up.
 * `--status-fd 2` is read for its keywords only (doc/DETAILS of GnuPG); stdout is the data.
 */
const QUIETLY = ['--batch', '--no-tty', '--quiet', '--pinentry-mode', 'error', '--status-fd', '2'];

const ARMOUR = '-----BEGIN PGP MESSAGE-----';

/** How gpg writes the key id of a hidden recipient. */
const HIDDEN = '0000000000000000';

/**
 * The plain bytes of a sealed file. `primary-password-needed` while gpg-agent cannot open it by itself;
 * `unsupported` for what would be lost on sealing again (a signature), for other formats, and without gpg.
 */
export async function openSeal(
  place: Place,
  raw: Bytes,
  environment: Environment = process.env,
): Promise<Result<Bytes>> {
  const subject = nameOf(place);
  const opened = await pipeThrough('gpg', [...QUIETLY, '--decrypt'], raw, environment);
  if (!opened.ok) return withoutGpg(subject);
  const { code, output, messages } = opened.value;
  if (code === 0 && /^\[GNUPG:\] DECRYPTION_OKAY/m.test(messages)) {
    return /^\[GNUPG:\] NEWSIG/m.test(messages) ? fail('unsupported', subject, 'signed') : ok(output);
  }
  output.fill(0);
  return /^\[GNUPG:\] NODATA/m.test(messages)
    ? fail('unsupported', subject, 'not an OpenPGP message')
    : fail('primary-password-needed', subject);
}

/**
 * The plain bytes sealed for the recipients of the previous ciphertext, armoured if that was. `unsupported` where
 * they cannot be kept: hidden or unknown recipients, somebody who was taken out of the password store, a passphrase
 * instead of a key, an empty file.
 */
export async function closeSeal(
  place: Place,
  plain: Bytes,
  previousRaw: Bytes,
  environment: Environment = process.env,
): Promise<Result<Bytes>> {
  const subject = nameOf(place);
  const recipients = await recipientsOf(subject, previousRaw, environment);
  if (!recipients.ok) return recipients;
  if (await isLeftBehind(place, recipients.value, environment))
    return fail('unsupported', subject, 'sealed for somebody who is not in .gpg-id');
  // The recipients were the owner's choice already, so gpg need not be told again to trust their keys;
  // `!` names exactly the subkey that was used, and the two options keep defaults of gpg.conf from adding others.
  const options = [...QUIETLY, '--trust-model', 'always', '--no-encrypt-to', '--no-default-recipient'];
  const named = recipients.value.flatMap((id) => ['--recipient', `${id}!`]);
  const form = isArmoured(previousRaw) ? ['--armor'] : ['--no-armor'];
  const closed = await pipeThrough('gpg', [...options, ...form, ...named, '--encrypt'], plain, environment);
  if (!closed.ok) return withoutGpg(subject);
  return succeeded(closed.value)
    ? ok(closed.value.output)
    : fail('unsupported', subject, 'a recipient cannot be kept');
}

const isLeftBehind = async (
  place: Place,
  recipients: readonly string[],
  environment: Environment,
): Promise<boolean> =>
  place.kind === 'file' && place.seal === 'pass' && hasStrangers(place.path, recipients, environment);

/** Key ids from the packet headers alone (RFC 9580 §5.1, §5.3): nothing is decrypted for this. */
async function recipientsOf(
  subject: string,
  raw: Bytes,
  environment: Environment,
): Promise<Result<readonly string[]>> {
  const listed = await pipeThrough('gpg', [...QUIETLY, '--list-only', '--list-packets'], raw, environment);
  if (!listed.ok) return withoutGpg(subject);
  const packets = listed.value.output.toString('latin1');
  if (/^:symkey enc packet:/m.test(packets)) return fail('unsupported', subject, 'sealed with a passphrase');
  const ids = [...packets.matchAll(/^:pubkey enc packet:.* keyid ([0-9A-F]{16})/gm)].map((match) => match[1]);
  const known = ids.filter((id) => id !== undefined && id !== HIDDEN).map(String);
  if (known.length < ids.length) return fail('unsupported', subject, 'hidden recipient');
  return known.length > 0 ? ok(known) : fail('unsupported', subject, 'not an OpenPGP message');
}

const succeeded = ({ code, messages }: Piped): boolean =>
  code === 0 && /^\[GNUPG:\] END_ENCRYPTION/m.test(messages);

const isArmoured = (raw: Bytes): boolean => raw.toString('latin1').trimStart().startsWith(ARMOUR);

const nameOf = (place: Place): string => (place.kind === 'file' ? place.path : place.kind);

const withoutGpg = (subject: string): { ok: false; problem: Problem } =>
  fail('unsupported', subject, 'gpg is not installed');
