import type { Report, TestMessage } from '../../shared/model.ts';
import { problem } from '../../shared/problem.ts';
import { identityOf, type Anchor } from './account.ts';
import { countsAgainst } from './check.ts';
import type { Letter, Run, System } from './ports.ts';
import type { Secret } from './secret.ts';
import type { Engine } from './verbs.ts';

/** What the message says, in the language of whoever asked for it. */
export type Words = Pick<Letter, 'subject' | 'text'>;

/**
 * Sends a message from the account to itself, over the servers that took the password in this run, and adds what
 * became of it to the report. Nothing else of the report changes, whatever happens. A run that was stopped sends
 * nothing. Problems in `message`: `message-not-possible`, those of `Post`.
 */
export async function withTestMessage(
  engine: Engine,
  report: Report,
  sender: { readonly anchor: Anchor; readonly password: Secret; readonly words: Words },
  run: Run,
): Promise<Report> {
  if (report.stopped) return report;
  return { ...report, message: await send(engine, report, sender, run) };
}

async function send(
  engine: Engine,
  { checks, account = '' }: Report,
  { anchor, password, words }: { readonly anchor: Anchor; readonly password: Secret; readonly words: Words },
  run: Run,
): Promise<TestMessage> {
  const accepted = checks.flatMap(({ endpoint, result }) => (result === 'accepted' ? [endpoint] : []));
  const sending = accepted.find(({ protocol }) => protocol === 'smtp');
  if (!sending || !isAddress(account)) {
    const message = { result: problem('message-not-possible'), ms: 0 };
    run.report({ kind: 'messaged', message });
    return message;
  }
  const inboxes = accepted.filter(({ protocol }) => protocol === 'imap');
  const reading = inboxes.find(({ host }) => host === sending.host) ?? inboxes[0];
  const letter = { ...words, ...addressed(account, engine.system) };
  const servers = { sending, ...(reading ? { reading } : {}) };
  const { judged, ...message } = await engine.post.sendToSelf(letter, servers, password, run);
  if (judged && message.result !== 'arrived' && message.result !== 'sent' && countsAgainst(message.result))
    engine.budget.count(identityOf(anchor));
  return message;
}

/** One address that needs no quoting, so that nothing can be slipped into a header or an SMTP command. */
const isAddress = (text: string): boolean =>
  /^[^\s<>()[\]\\,;:"@\p{C}]+@[^\s<>()[\]\\,;:"@\p{C}]+$/u.test(text);

function addressed(address: string, { clock, random }: System): Pick<Letter, 'address' | 'id' | 'at'> {
  const domain = address.slice(address.indexOf('@') + 1);
  return { address, id: `<${random(16).toString('hex')}@${domain}>`, at: clock.now() };
}
