import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeMailHome, PEOPLE } from '../../tests/doubles/mail-home.ts';
import { startMailServer, type MailServer } from '../../tests/doubles/mail-server.ts';
import { homeEnvironment, run, type Ran } from '../../tests/lab/program.ts';

/** The program as it is installed; it starts what `npm run build` made. */
const REKEY = path.join(import.meta.dirname, '../bin/rekey.cjs');

/** A scratch home with every program set up, a mail server that knows its people, and Rekey for both. */
export interface Stage {
  readonly root: string;
  readonly home: string;
  readonly state: string;
  readonly server: MailServer;
  /** What the app's command line needs to trust the server. */
  readonly appOptions: readonly string[];
  /** All that Rekey has said so far. */
  said(): string;
  /** Runs the built command line on the scratch home; a password goes in on standard input. */
  rekey(args: readonly string[], password?: string): Promise<Ran>;
  /** Stops the server and removes the scratch home unless it is to be kept. */
  strike(keep: boolean): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const { owner, colleague } = PEOPLE;
  const server = await startMailServer({
    users: { [owner.login]: owner.password, [colleague.login]: colleague.password },
  });
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-demo-'));
  const [home, state, authority] = ['home', 'state', 'authority.pem'].map((name) => path.join(root, name));
  if (!home || !state || !authority) throw new Error('no room for the demo');
  makeMailHome(home, server);
  fs.writeFileSync(authority, server.caPem);
  const said: string[] = [];
  return {
    root,
    home,
    state,
    server,
    appOptions: [`--ca=${authority}`],
    said: () => said.join(''),
    rekey: async (args, password) => {
      const own = ['--quiet', '--home', home, '--state', state];
      const trust = args[0] === 'apply' ? ['--ca', authority] : [];
      const ran = await run(process.execPath, [REKEY, ...args, ...own, ...trust], {
        env: homeEnvironment(home),
        ...(password === undefined ? {} : { input: `${password}\n` }),
      });
      said.push(ran.err, ran.out);
      return ran;
    },
    strike: async (keep) => {
      await server.stop();
      if (!keep) fs.rmSync(root, { recursive: true, force: true });
    },
  };
}
