import { describe, expect, test } from 'vitest';
import { problem } from '../../shared/problem.ts';
import { messagesFor } from '../../shared/messages/index.ts';
import { parseArguments } from '../../electron/cli/arguments.ts';
import { apply } from '../../electron/cli/commands/apply.ts';
import type { Context } from '../../electron/cli/context.ts';
import type { Ending } from '../../electron/report/ending.ts';
import { Interrupt } from '../../electron/cli/interrupt.ts';
import { toJson } from '../../electron/report/json.ts';
import { styleFor } from '../../electron/cli/style.ts';
import { resultLines } from '../../electron/cli/text.ts';
import type { Engine } from '../../electron/engine/verbs.ts';
import { engineOn, ScriptedLogin, ScriptedPost, scratch, type Scratch } from '../doubles/engine.ts';
import { ADDRESS, contents, furnish, NEW, OLD } from '../engine/home.ts';
import { TypedKeys } from './keyboard.ts';

const messages = messagesFor('en');

/** A person at a terminal who types these keys. */
class Desk {
  readonly keys: TypedKeys;
  readonly shown: string[] = [];
  readonly said: string[] = [];
  readonly interrupt = new Interrupt(() => undefined);
  readonly #home: Scratch;

  constructor(home: Scratch, ...keys: string[]) {
    this.#home = home;
    this.keys = new TypedKeys(...keys);
  }

  async apply(engine: Engine, ...args: string[]): Promise<Ending> {
    const parsed = parseArguments(['apply', '--account', ADDRESS, ...args]);
    if (!parsed.ok) throw new Error('not understood');
    return apply(this.#context(engine, parsed.value));
  }

  lines(ending: Ending): string {
    return resultLines(ending, this.#sheet).join('\n');
  }

  get #sheet() {
    return { messages, style: styleFor(false), home: this.#home.home, width: undefined };
  }

  #context(engine: Engine, args: Context['args']): Context {
    return {
      args,
      engine,
      messages,
      sheet: this.#sheet,
      terminal: {
        interactive: true,
        width: undefined,
        colours: false,
        print: () => undefined,
        say: (line) => void this.said.push(line),
        show: (line) => void this.shown.push(line),
        keyboard: this.keys,
      },
      sources: {
        stdin: { [Symbol.asyncIterator]: () => [][Symbol.iterator]() as never },
        descriptor: () => {
          throw new Error('no descriptor');
        },
      },
      interrupt: this.interrupt,
    };
  }
}

describe('apply at a terminal', () => {
  test('shows the plan, asks for the password and once for the act, then tells what holds it', async () => {
    using home = scratch();
    furnish(home);
    const desk = new Desk(home, `${NEW}\r`, 'y');
    const ending = await desk.apply(engineOn(home));
    expect(desk.keys.shown).toBe(`New password for ${ADDRESS}: \nCheck and update 3 places? [y/N] \n`);
    expect(desk.shown.join('\n')).toContain('● will change');
    expect(ending).toMatchObject({ code: 0, changed: true });
    expect(contents(home).every((text) => text.includes(NEW) && !text.includes(OLD))).toBe(true);
    expect(desk.lines(ending)).toContain('3 of 3 places hold the new password.');
    expect(desk.lines(ending)).toContain(`rekey undo ${ending.run}`);
  });

  test('says nothing of the password anywhere', async () => {
    using home = scratch();
    furnish(home);
    const desk = new Desk(home, `${NEW}\r`, 'y');
    const ending = await desk.apply(engineOn(home));
    const everything = [
      desk.keys.shown,
      ...desk.shown,
      ...desk.said,
      desk.lines(ending),
      toJson(ending, messages),
    ];
    expect(everything.join('\n')).not.toMatch(new RegExp(`${NEW}|${OLD}`));
    expect(desk.keys.erased).toBe(true);
  });

  test.each([
    ['no', [`${NEW}\r`, 'n']],
    ['Ctrl-C at the question', [`${NEW}\r`, '\x03']],
    ['Ctrl-C at the password', ['abc\x03']],
  ])('%s touches nothing and asks no server', async (_, keys) => {
    using home = scratch();
    furnish(home);
    const login = new ScriptedLogin();
    const ending = await new Desk(home, ...keys).apply(engineOn(home, { login }));
    expect(ending).toMatchObject({ code: 10, changed: false, stopped: { kind: 'cancelled' } });
    expect(contents(home).every((text) => text.includes(OLD))).toBe(true);
    expect(login.asked).toEqual([]);
  });

  test('an empty password is refused before anything is asked', async () => {
    using home = scratch();
    furnish(home);
    const ending = await new Desk(home, '\r').apply(engineOn(home));
    expect(ending).toMatchObject({ code: 2, changed: false });
  });

  test('--yes asks for the password only', async () => {
    using home = scratch();
    furnish(home);
    const desk = new Desk(home, `${NEW}\r`);
    expect(await desk.apply(engineOn(home), '--yes')).toMatchObject({ code: 0 });
    expect(desk.keys.shown).toBe(`New password for ${ADDRESS}: \n`);
  });

  test('a refusal ends with 3 and leaves every place alone', async () => {
    using home = scratch();
    furnish(home);
    const login = new ScriptedLogin(({ host }) => problem('rejected', host, 'NO [AUTHENTICATIONFAILED]'));
    const desk = new Desk(home, `${NEW}\r`, 'y');
    const ending = await desk.apply(engineOn(home, { login }));
    expect(ending).toMatchObject({ code: 3, changed: false, summary: ['Nothing was changed.'] });
    expect(contents(home).every((text) => text.includes(OLD))).toBe(true);
  });

  test('an interrupt while the server is asked stops before the first write', async () => {
    using home = scratch();
    furnish(home);
    const desk = new Desk(home, `${NEW}\r`, 'y');
    const login = new ScriptedLogin(() => {
      desk.interrupt.press();
      desk.interrupt.press();
      return 'accepted';
    });
    const ending = await desk.apply(engineOn(home, { login }));
    expect(ending).toMatchObject({ code: 10, changed: false });
    expect(contents(home).every((text) => text.includes(OLD))).toBe(true);
  });
});

test('an interrupt leaves at once where nothing is guarded, and waits where something is', async () => {
  const heard: boolean[] = [];
  const interrupt = new Interrupt((again) => heard.push(again));
  let finish = (): void => undefined;
  const work = interrupt.guard(() => new Promise<void>((resolve) => (finish = resolve)));
  interrupt.press();
  interrupt.press();
  expect(heard).toEqual([false, true]);
  expect(interrupt.signal.aborted).toBe(true);
  finish();
  await work;
  interrupt.press();
  await interrupt.left;
});

describe('a test message', () => {
  test('is sent where it was asked for, and told after the logins, in the JSON too', async () => {
    using home = scratch();
    furnish(home);
    const post = new ScriptedPost();
    const desk = new Desk(home, `${NEW}\r`);
    const ending = await desk.apply(engineOn(home, { post }), '--yes', '--test-message');
    expect(post.sent).toHaveLength(1);
    expect(desk.said).toContain('Test message: sending');
    expect(desk.lines(ending)).toContain('Test message: arrived after 1.2 s');
    expect(JSON.parse(toJson(ending, messages))).toMatchObject({
      exitCode: 0,
      message: { result: 'arrived', ms: 1200 },
    });
  });

  test('that is refused changes neither the exit code nor the summary', async () => {
    using home = scratch();
    furnish(home);
    const post = new ScriptedPost(problem('message-refused', 'mail.example.org', 'not owned by user'));
    const desk = new Desk(home, `${NEW}\r`);
    const ending = await desk.apply(engineOn(home, { post }), '--yes', '--test-message');
    expect(ending).toMatchObject({ code: 0, changed: true });
    expect(desk.lines(ending)).toContain('mail.example.org took the password, but not the test message.');
    expect(JSON.parse(toJson(ending, messages))).toMatchObject({
      failed: false,
      message: { result: 'message-refused', detail: 'not owned by user' },
    });
  });

  test('is not sent by itself', async () => {
    using home = scratch();
    furnish(home);
    const post = new ScriptedPost();
    const ending = await new Desk(home, `${NEW}\r`).apply(engineOn(home, { post }), '--yes');
    expect([ending.message, post.sent]).toEqual([undefined, []]);
  });
});
