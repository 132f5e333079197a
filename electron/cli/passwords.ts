import { fail, ok, type Result } from '../../shared/problem.ts';
import { fill } from '../../shared/messages/explain.ts';
import type { Secret } from '../engine/secret.ts';
import type { Secrets } from '../engine/verbs.ts';
import type { Context } from './context.ts';
import { usableSecret } from './input.ts';
import { askSecret } from './prompt.ts';
import { plain } from './style.ts';

/** The passwords of one run as far as they were given; erased when the run is over. */
export class Passwords implements Disposable {
  password: Secret | undefined;
  old: Secret | undefined;
  readonly unlocks = new Map<string, Secret>();

  [Symbol.dispose](): void {
    for (const secret of [this.password, this.old, ...this.unlocks.values()]) secret?.dispose();
  }
}

/**
 * Asks for what was not given: the password, and a primary password per `unlock`. Problems: `no-terminal`,
 * `cancelled`, `password-unusable`, `usage` for an empty answer.
 */
export async function completed(
  passwords: Passwords,
  account: string,
  unlock: readonly string[],
  context: Context,
): Promise<Result<Secrets>> {
  const texts = context.messages.commandLine;
  for (const where of unlock) {
    const answer = await asked(context, fill(texts.askUnlock, { subject: where }));
    if (!answer.ok) return answer;
    passwords.unlocks.set(where, answer.value);
  }
  if (!passwords.password) {
    const answer = await asked(context, fill(texts.askPassword, { subject: account }));
    if (!answer.ok) return answer;
    passwords.password = answer.value;
  }
  const { password, old, unlocks } = passwords;
  return ok({ password, unlocks, ...(old ? { old } : {}) });
}

async function asked({ terminal }: Context, question: string): Promise<Result<Secret>> {
  if (!terminal.interactive) return fail('no-terminal');
  const typed = await askSecret(terminal.keyboard, plain(question).replace(/ ?$/, ' '));
  if (!typed.ok) return typed;
  using secret = typed.value;
  return secret.use((bytes) => usableSecret(Buffer.from(bytes)));
}
