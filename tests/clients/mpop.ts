import type { ScratchHome } from '../lab/home.ts';
import { run } from '../lab/program.ts';

/** Whether mpop logs in over POP3 with the home's `.mpoprc`; it fetches nothing. */
export async function mpopLogsIn(home: ScratchHome): Promise<boolean> {
  const { code } = await run('mpop', ['--auth-only', 'lab'], { env: home.environment });
  return code === 0;
}
