import fs from 'node:fs';
import path from 'node:path';
import type { Attributes } from '../../shared/model.ts';
import type { Session } from '../doubles/session.ts';
import { mbsyncrc, msmtprc, type LabUser, type ScratchHome } from './home.ts';
import type { Lab } from './lab.ts';
import { mustRun } from './program.ts';

/** The attributes of the keyring items that the home's clients look up. */
export interface KeyringItems {
  readonly msmtp: Attributes;
  readonly mbsync: Attributes;
  /** Stored by keytar, under a service and an account. */
  readonly keytar: Attributes;
}

const SCHEMA = { 'xdg:schema': 'de.marlam.msmtp.password' };

const lookup = (item: Attributes): string => `secret-tool lookup ${Object.entries(item).flat().join(' ')}`;

const KEYTAR = `
  import keytar from 'keytar';
  import { text } from 'node:stream/consumers';
  const [service, account] = process.argv.slice(-2);
  await keytar.setPassword(service, account, await text(process.stdin));`;

/** A session's home whose clients keep nothing themselves: the passwords are in the session's keyring. */
export async function makeKeyringHome(
  session: Session,
  lab: Lab,
  user: LabUser,
): Promise<ScratchHome & { readonly items: KeyringItems }> {
  const host = lab.addresses.good;
  const items: KeyringItems = {
    msmtp: { host, service: 'smtp', user: user.login },
    mbsync: { host, service: 'imap', user: user.login },
    keytar: { service: `imaps://${host}:${lab.ports.imaps}`, account: user.login },
  };
  for (const item of [items.msmtp, items.mbsync]) {
    // without a schema GNOME Keyring would add one of its own when it loads its file the next time
    const words = ['--label', `Mail of ${user.login}`, ...Object.entries({ ...item, ...SCHEMA }).flat()];
    await mustRun('secret-tool', ['store', ...words], { env: session.env, input: user.password });
  }
  const script = ['--input-type=module', '--eval', KEYTAR, '--', ...Object.values(items.keytar)];
  await mustRun(process.execPath, script, { env: session.env, input: user.password });
  const dir = session.home;
  const msmtp = msmtprc(lab, user, dir).replace(
    /^password .*$/m,
    () => `passwordeval ${lookup(items.msmtp)}`,
  );
  const mbsync = mbsyncrc(lab, user, dir).replace(/^Pass .*$/m, () => `PassCmd "${lookup(items.mbsync)}"`);
  fs.writeFileSync(path.join(dir, '.msmtprc'), msmtp, { mode: 0o600 });
  fs.writeFileSync(path.join(dir, '.mbsyncrc'), mbsync, { mode: 0o600 });
  fs.mkdirSync(path.join(dir, 'Mail'), { recursive: true });
  return { dir, environment: session.env, items };
}
