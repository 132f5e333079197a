import path from 'node:path';
import type { ScratchHome } from '../lab/home.ts';
import { urlOf } from '../lab/knock.ts';
import type { Lab } from '../lab/lab.ts';
import { run } from '../lab/program.ts';

/** Whether curl logs in over IMAP with the password that it finds in a netrc file of the home. */
export async function curlLogsIn(
  home: ScratchHome,
  lab: Lab,
  file: '.netrc' | '.authinfo' = '.netrc',
): Promise<boolean> {
  const netrc = file === '.netrc' ? ['--netrc'] : ['--netrc-file', path.join(home.dir, file)];
  const url = urlOf(lab.addresses.good, 'imaps', lab.ports);
  const { code } = await run('curl', ['-sS', ...netrc, '--cacert', lab.caFile, url], {
    env: home.environment,
  });
  return code === 0;
}
