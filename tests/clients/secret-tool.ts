import type { Attributes } from '../../shared/model.ts';
import type { ScratchHome } from '../lab/home.ts';
import { knock, urlOf } from '../lab/knock.ts';
import type { Lab } from '../lab/lab.ts';
import { run } from '../lab/program.ts';

/** Whether the server accepts the password that `secret-tool lookup` finds under the attributes. */
export async function keyringPasswordWorks(
  home: ScratchHome,
  lab: Lab,
  login: string,
  attributes: Attributes,
): Promise<boolean> {
  const wanted = Object.entries(attributes).flat();
  const { code, out } = await run('secret-tool', ['lookup', ...wanted], { env: home.environment });
  if (code !== 0) return false;
  const url = urlOf(lab.addresses.good, 'imaps', lab.ports);
  return (await knock(lab, url, login, out)) === 'accepted';
}
