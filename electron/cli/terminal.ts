/** Where a person reads and types. Standard output carries the result, standard error everything on the way. */
export interface Terminal {
  /** A person can be asked: keyboard and messages both reach a terminal. */
  readonly interactive: boolean;
  /** Columns of the result's terminal; undefined where it goes to a file or a pipe. */
  readonly width: number | undefined;
  readonly colours: boolean;
  /** One line of the result. */
  print(line: string): void;
  /** One line on the way; nothing under `--quiet`. */
  say(line: string): void;
  /** One line that even `--quiet` shows: what went wrong, or what a question is about. */
  show(line: string): void;
  /** Shows the prompt and waits for keys; see `Keyboard`. */
  readonly keyboard: Keyboard;
}

/** Key presses, byte by byte, unechoed: what is typed here may be a password. */
export interface Keyboard {
  /** Writes to the terminal, without a line end. */
  write(text: string): void;
  /** Takes the keys until `stop` is called; every chunk is the receiver's to erase. */
  listen(take: (chunk: Buffer) => void): { stop(): void };
}
