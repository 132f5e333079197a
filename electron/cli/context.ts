import type { Messages } from '../../shared/messages/messages.ts';
import type { Engine } from '../engine/verbs.ts';
import type { Arguments } from './arguments.ts';
import type { Ending } from '../report/ending.ts';
import type { ByteStream } from './input.ts';
import type { Interrupt } from './interrupt.ts';
import type { Sheet } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Where passwords may come from besides the keyboard. */
export interface Sources {
  readonly stdin: ByteStream;
  descriptor(fd: number): ByteStream;
}

/** What every command works with. */
export interface Context {
  readonly args: Arguments;
  readonly engine: Engine;
  readonly messages: Messages;
  readonly sheet: Sheet;
  readonly terminal: Terminal;
  readonly sources: Sources;
  readonly interrupt: Interrupt;
}

export type Command = (context: Context) => Promise<Ending>;
