import { pbkdf2Sync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeProfile, type Spelling, type Stubs } from './desktop-profile.ts';

const CLAWS: Spelling = {
  settings: (n) => ['config_version=4', `protocol=${n % 2}`, 'smtp_auth_method=16'],
  queued: (n) => [`MAID:${n}`, 'X-Claws-End-Special-Headers: 1'],
};

const SALT = Buffer.alloc(64, 5);

/** A home with a Claws Mail that has `count` accounts, and a primary passphrase if one is given. */
export function makeClawsProfile(home: string, count: number, stubs: Stubs, primary?: string): void {
  makeProfile(home, '.claws-mail', count, stubs, CLAWS);
  const common = [
    '[Common]',
    'config_version=4',
    `master_passphrase_salt=${SALT.toString('base64')}`,
    'master_passphrase_pbkdf2_rounds=1000',
    `use_master_passphrase=${primary === undefined ? 0 : 1}`,
    `master_passphrase=${primary === undefined ? '' : checkOf(primary)}`,
    '',
  ];
  fs.writeFileSync(path.join(home, '.claws-mail/clawsrc'), common.join('\n'), { mode: 0o600 });
}

const checkOf = (primary: string): string =>
  `{PBKDF2-HMAC-SHA1,1000}${pbkdf2Sync(primary, SALT, 1000, 64, 'sha1').toString('base64')}`;
