import { randomUUID } from 'node:crypto';
import type { ScratchHome } from '../lab/home.ts';
import type { Lab } from '../lab/lab.ts';
import { run } from '../lab/program.ts';
import { until } from '../lab/until.ts';

/** Whether msmtp really sends a message with the home's `.msmtprc`: it must arrive in the user's own mailbox. */
export async function msmtpSends(home: ScratchHome, lab: Lab, address: string): Promise<boolean> {
  const mark = randomUUID();
  const message = `From: ${address}\nTo: ${address}\nSubject: ${mark}\n\nSent by msmtp.\n`;
  const { code } = await run('msmtp', ['-a', 'lab', address], { env: home.environment, input: message });
  if (code !== 0) return false;
  await until('the message', () => lab.messages(address).some((arrived) => arrived.includes(mark)));
  return true;
}
