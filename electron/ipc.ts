import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import {
  CALLS,
  PROGRESS,
  type Answer,
  type CallName,
  type ProgressEvent,
  type Reply,
  type Request,
} from '../shared/contract.ts';
import { fail } from '../shared/problem.ts';
import type { Caller } from './app/acting.ts';
import type { Calls } from './app/calls.ts';
import { ORIGIN } from './page-address.ts';

/** The channel on which facts about a run reach the page. */
const PROGRESS_CHANNEL = 'progress';

interface Schemas<C extends CallName> {
  readonly request: z.ZodType<Request<C>>;
  readonly reply: z.ZodType<Reply<C>>;
}

const SCHEMAS: { readonly [C in CallName]: Schemas<C> } = CALLS;

/**
 * Answers every call of the contract, and only when it comes from our page. The answer is always a value: a call
 * from elsewhere, a request or reply that breaks the contract and a bug are `internal`, about the call's name.
 */
export function answerCalls(inbox: Pick<IpcMain, 'handle'>, calls: Calls, page: WebContents): void {
  const caller: Caller = { report: (event) => report(event, page) };
  for (const name of Object.keys(CALLS).filter(isCallName)) {
    inbox.handle(name, async (event, ...args: readonly unknown[]) =>
      isOurPage(event, page) ? answer(name, args, calls, caller) : refuse(name, 'sender'),
    );
  }
}

const isCallName = (name: string): name is CallName => Object.hasOwn(CALLS, name);

/** True for the main frame of our window while it shows our page. */
function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, page: WebContents): boolean {
  if (sender !== page || !senderFrame) return false;
  return senderFrame.parent === null && senderFrame.origin === ORIGIN;
}

async function answer<C extends CallName>(
  name: C,
  args: readonly unknown[],
  calls: Calls,
  caller: Caller,
): Promise<Answer<C>> {
  const schemas: Schemas<C> = SCHEMAS[name];
  try {
    const request = schemas.request.safeParse(args[0]);
    if (!request.success || args.length !== 1) return refuse(name, 'request');
    const result = await calls[name](request.data, caller);
    if (!result.ok) return result;
    const reply = schemas.reply.safeParse(result.value);
    return reply.success ? { ok: true, value: reply.data } : refuse(name, 'reply');
  } catch (error) {
    // the error's own text may quote what was read or typed
    return refuse(name, error instanceof Error ? error.constructor.name : typeof error);
  }
}

const refuse = (call: CallName, detail: string): ReturnType<typeof fail> => fail('internal', call, detail);

/** Sends a fact to the page while there is one; what breaks the contract is not sent. */
function report(event: ProgressEvent, page: WebContents): void {
  const fact = PROGRESS.safeParse(event);
  if (fact.success && !page.isDestroyed()) page.send(PROGRESS_CHANNEL, fact.data);
}
