import { expect, test } from 'vitest';
import { apply } from '../../electron/engine/apply.ts';
import { ALL_ACCEPTED, engineOn, planOn, quietRun, scratch, secret } from '../doubles/engine.ts';
import { ADDRESS, furnish } from './home.ts';

const retriever = (type: string): string =>
  `[retriever]\ntype = ${type}\nserver = mail.example.org\nusername = ${ADDRESS}\npassword = old-Pass-1\n`;

async function warnings(password: string): Promise<readonly unknown[]> {
  using home = scratch();
  furnish(home);
  home.write('.getmail/getmailrc', retriever('SimpleIMAPSSLRetriever'));
  home.write('.getmail/pop', retriever('SimplePOP3SSLRetriever'));
  const engine = engineOn(home);
  const plan = await planOn(engine, { account: ADDRESS });
  const report = await apply(engine, plan, { password: secret(password) }, ALL_ACCEPTED, quietRun());
  expect(report.outcomes.filter(({ outcome }) => outcome === 'written')).toHaveLength(5);
  return report.warnings.filter(({ kind }) => kind === 'client-cannot-send');
}

test('a client that cannot log in with the new password is named, once it holds it', async () => {
  expect(await warnings('nëw-Pass-2')).toEqual([{ kind: 'client-cannot-send', subject: 'getmail' }]);
});

test('a plain password is nothing to warn of', async () => {
  expect(await warnings('new-Pass-2')).toEqual([]);
});
