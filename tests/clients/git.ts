import type { ScratchHome } from '../lab/home.ts';
import { knock, urlOf } from '../lab/knock.ts';
import type { Lab } from '../lab/lab.ts';
import { run } from '../lab/program.ts';

const sendsWith = async (lab: Lab, login: string, password: string): Promise<boolean> =>
  (await knock(lab, urlOf(lab.addresses.good, 'submission', lab.ports), login, password)) === 'accepted';

/** Whether the server accepts the password that `git credential fill` gets from `.git-credentials`. */
export async function gitCredentialWorks(home: ScratchHome, lab: Lab, login: string): Promise<boolean> {
  const wanted = `protocol=smtp\nhost=${lab.addresses.good}:${lab.ports.submission}\nusername=${login}\n\n`;
  const { code, out } = await run('git', ['credential', 'fill'], { env: home.environment, input: wanted });
  const password = /^password=(.*)$/m.exec(out)?.[1];
  return code === 0 && password !== undefined && sendsWith(lab, login, password);
}

/** Whether the server accepts the password that git reads from `sendemail.smtpPass`. */
export async function gitSendEmailWorks(home: ScratchHome, lab: Lab, login: string): Promise<boolean> {
  const { code, out } = await run('git', ['config', '-z', '--get', 'sendemail.smtpPass'], {
    env: home.environment,
  });
  return code === 0 && sendsWith(lab, login, out.replace(/\0$/, ''));
}
