import path from 'node:path';
import { accepted, storedPasswords } from '../../tests/doubles/mail-clients.ts';
import { HOME_FILES, PEOPLE } from '../../tests/doubles/mail-home.ts';
import { changedFiles, snapshot, writtenFiles } from '../../tests/doubles/snapshot.ts';
import type { Ran } from '../../tests/lab/program.ts';
import type { Printer } from './print.ts';
import type { Stage } from './stage.ts';

const { owner, colleague, tokenLogin } = PEOPLE;
const TYPO = "Winter #sun & 5€ 'gone'";
const NEW = "Winter #sun & 5€ 'home'";
const APPLY = ['apply', '--account', owner.login, '--password-stdin', '--yes'];

/** One reset password from the first wrong try to undo; every line with a mark was verified when it is printed. */
export async function tell(stage: Stage, printer: Printer): Promise<void> {
  await introduce(stage, printer);
  await reset(stage, printer);
  const before = snapshot(stage.home);
  await mistype(stage, printer);
  await update(stage, printer);
  await updateAgain(stage, printer);
  await askForToken(stage, printer);
  await takeBack(stage, printer, before);
}

async function introduce({ home, server }: Stage, printer: Printer): Promise<void> {
  const own = await storedPasswords(home, owner.login);
  const files = [...new Set(own.map(({ file }) => path.relative(home, file)))];
  printer.chapter(`A computer with the password of ${owner.login} in ${files.length} files`);
  for (const file of files) printer.line(`${programOf(file).padEnd(24)}~/${file}`);
  printer.line();
  printer.line(`Beside it: ${colleague.login}, in two of these files; ${tokenLogin}, which signs in with a`);
  printer.line(
    'token (OAuth); and a second Thunderbird profile of the same account that holds no password yet.',
  );
  const { accepted: working, stored } = await accepted(home, server, owner.login);
  printer.claim(`All ${stored} stored passwords log in.`, stored === 9 && working === stored);
}

const programOf = (file: string): string =>
  HOME_FILES.find(({ name }) => name === file)?.program ?? 'Thunderbird (key4.db)';

async function reset({ home, server }: Stage, printer: Printer): Promise<void> {
  printer.chapter('The password is reset on the server');
  server.setPassword(owner.login, NEW);
  const { accepted: working, stored } = await accepted(home, server, owner.login);
  printer.claim(`None of the ${stored} logs in any more.`, working === 0);
}

async function mistype(stage: Stage, printer: Printer): Promise<void> {
  const { home, server } = stage;
  printer.chapter('Rekey is given the new password, with a typo');
  const [before, used] = [snapshot(home), server.attempts(owner.login)];
  const ran = await show(stage, printer, APPLY, TYPO);
  const after = server.attempts(owner.login);
  const once = after.rejected - used.rejected === 1 && after.accepted === used.accepted;
  const untouched = writtenFiles(before, snapshot(home)).length === 0;
  printer.claim(
    `1 attempt used, nothing changed (by the server's count, and in all ${before.size} files).`,
    ran.code === 3 && once && untouched,
  );
}

async function update(stage: Stage, printer: Printer): Promise<void> {
  const { home, server, said } = stage;
  printer.chapter('Rekey is given the new password');
  const before = snapshot(home);
  const ran = await show(stage, printer, APPLY, NEW);
  const { accepted: working, stored } = await accepted(home, server, owner.login);
  printer.claim(
    `All ${stored} stored passwords log in again.`,
    ran.code === 0 && working === 9 && stored === 9,
  );
  const changed = changedFiles(before, snapshot(home));
  printer.claim(`${changed.length} files changed, by one line each.`, oneLineEach(stage, before, changed));
  const robin = await accepted(home, server, colleague.login);
  printer.claim(`${colleague.login} still logs in, ${robin.accepted} times of 2.`, robin.accepted === 2);
  const leaks = leaksIn(said(), snapshot(stage.state));
  printer.claim('No password in what Rekey said or in its own files.', leaks === 0);
}

function oneLineEach(
  { home }: Stage,
  before: ReturnType<typeof snapshot>,
  changed: readonly string[],
): boolean {
  const after = snapshot(home);
  const lines = (taken: typeof after, name: string): readonly string[] =>
    (taken.get(name)?.bytes.toString('latin1') ?? '').split('\n');
  const expected = HOME_FILES.length + 1;
  return (
    changed.length === expected &&
    changed.every((name) => {
      const [old, now] = [lines(before, name), lines(after, name)];
      return old.length === now.length && old.filter((line, at) => line !== now[at]).length === 1;
    })
  );
}

function leaksIn(said: string, files: ReturnType<typeof snapshot>): number {
  const texts = [said, ...[...files.values()].map(({ bytes }) => bytes.toString('utf8'))];
  const secrets = [NEW, TYPO, owner.password, colleague.password];
  return texts.filter((text) => secrets.some((secret) => text.includes(secret))).length;
}

async function updateAgain(stage: Stage, printer: Printer): Promise<void> {
  printer.chapter('The same once more');
  const before = snapshot(stage.home);
  const ran = await stage.rekey(APPLY, NEW);
  printer.quote(lastLine(ran));
  const written = writtenFiles(before, snapshot(stage.home)).length;
  printer.claim('No file was written.', ran.code === 0 && written === 0);
}

async function askForToken(stage: Stage, printer: Printer): Promise<void> {
  printer.chapter('The account that signs in with a token');
  const before = snapshot(stage.home);
  const ran = await show(stage, printer, ['apply', '--account', tokenLogin, '--yes']);
  const written = writtenFiles(before, snapshot(stage.home)).length;
  printer.claim('It takes no password; nothing was sent or written.', ran.code === 11 && written === 0);
}

async function takeBack(stage: Stage, printer: Printer, before: ReturnType<typeof snapshot>): Promise<void> {
  printer.chapter('Undo');
  const ran = await stage.rekey(['undo']);
  printer.quote(lastLine(ran));
  const differing = changedFiles(before, snapshot(stage.home));
  printer.claim(
    `Every byte as before, in all ${before.size} files.`,
    ran.code === 0 && differing.length === 0,
  );
}

async function show(
  stage: Stage,
  printer: Printer,
  args: readonly string[],
  password?: string,
): Promise<Ran> {
  printer.line(`$ rekey ${args.join(' ')}`);
  const ran = await stage.rekey(args, password);
  printer.quote(`${ran.err}${ran.out}`);
  return ran;
}

const lastLine = ({ out, err }: Ran): string => `${err}${out}`.trimEnd().split('\n').at(-1) ?? '';
