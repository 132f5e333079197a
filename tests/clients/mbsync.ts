import type { ScratchHome } from '../lab/home.ts';
import { run } from '../lab/program.ts';

/** Whether mbsync logs in over IMAP with the home's `.mbsyncrc`: it lists the mailboxes and copies nothing. */
export async function mbsyncLogsIn(home: ScratchHome): Promise<boolean> {
  const { code, out } = await run('mbsync', ['-l', 'lab'], { env: home.environment });
  return code === 0 && out.includes('INBOX');
}
