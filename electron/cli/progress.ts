import type { Endpoint, Progress, Step } from '../../shared/model.ts';
import { explain, fill } from '../../shared/messages/explain.ts';
import type { Run } from '../engine/ports.ts';
import type { Context } from './context.ts';
import { plain } from './style.ts';
import { homely } from '../report/homely.ts';

/** A run that tells the person what it is doing and stops when asked. `steps` give the names of places. */
export function tellingRun(context: Context, steps: readonly Step[] = []): Run {
  const { terminal, interrupt } = context;
  const report = (progress: Progress): void => {
    const line = lineFor(progress, context, steps);
    if (line !== undefined) terminal.say(plain(line));
  };
  return { signal: interrupt.signal, report };
}

function lineFor(
  progress: Progress,
  { messages, sheet }: Context,
  steps: readonly Step[],
): string | undefined {
  const texts = messages.commandLine;
  switch (progress.kind) {
    case 'checking':
      return fill(texts.checking, { subject: server(progress.endpoint), login: progress.endpoint.login });
    case 'checked': {
      const { endpoint, result } = progress.check;
      const said = result === 'accepted' ? texts.accepted : explain(messages, result).sentence;
      return fill(texts.checked, { subject: server(endpoint), result: said });
    }
    case 'writing': {
      const where = steps.find(({ id }) => id === progress.step)?.where;
      return where === undefined ? undefined : fill(texts.updating, { subject: homely(where, sheet.home) });
    }
    case 'message':
      return `${messages.testMessage.title}: ${messages.testMessage.states[progress.stage]}`;
    case 'messaged':
    case 'finished':
      return undefined;
  }
}

const server = ({ host, port }: Endpoint): string => `${host}:${port}`;
