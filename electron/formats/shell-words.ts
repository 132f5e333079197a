/** One word of a command line; `home` marks a word that began with the home folder, its text then starts with `/`. */
export interface Word {
  readonly text: string;
  readonly home: boolean;
}

/** What a shell would do more than splitting words: anything of it makes a line unreadable here. */
const SPECIAL = new Set(';&<>()`$*?[{\n\r\0');

const HOME = /^(?:\$HOME|\$\{HOME\})(?=$|["/ \t|])/;

/**
 * Splits a command line into the words of each command of its pipeline, by the quoting rules of the POSIX shell
 * (Shell Command Language §2.2, §2.6.1, §2.9.2). Only `~`, `$HOME` and `${HOME}` at the start of a word are expanded;
 * undefined for every other expansion, for redirections, lists, comments and open quotes.
 */
export function shellPipeline(line: string): readonly (readonly Word[])[] | undefined {
  const commands: Word[][] = [[]];
  let rest = line.trimEnd();
  for (;;) {
    rest = rest.replace(/^[ \t]+/, '');
    if (rest === '') return commands;
    if (rest.startsWith('|')) {
      commands.push([]);
      rest = rest.slice(1);
      continue;
    }
    const word = readWord(rest);
    if (word === undefined) return undefined;
    commands.at(-1)?.push(word.word);
    rest = word.rest;
  }
}

interface Read<T> {
  readonly word: T;
  readonly rest: string;
}

function readWord(line: string): Read<Word> | undefined {
  const start = readHome(line);
  if (start.rest === line && /^[#~]/.test(line)) return undefined;
  let { rest } = start;
  let text = start.word;
  while (rest !== '' && !/^[ \t|]/.test(rest)) {
    // bash finds a home folder in `name=~` and `name=a:~` where the POSIX shell does not
    if (rest.startsWith('~') && /[=:]$/.test(text)) return undefined;
    const piece = readPiece(rest);
    if (piece === undefined) return undefined;
    text += piece.word;
    rest = piece.rest;
  }
  const home = start.rest !== line;
  if (home && text !== '' && !text.startsWith('/')) return undefined;
  return { word: { text, home }, rest };
}

/** Takes `~`, `$HOME` or `"$HOME` off; a double quote that was open stays open for the rest of the word. */
function readHome(line: string): Read<string> {
  const tilde = /^~(?=$|[/ \t|])/.exec(line);
  if (tilde) return { word: '', rest: line.slice(1) };
  const quote = line.startsWith('"') ? '"' : '';
  const home = HOME.exec(line.slice(quote.length));
  return home
    ? { word: '', rest: quote + line.slice(quote.length + home[0].length) }
    : { word: '', rest: line };
}

/** One quoted part, one escaped character or one run of plain characters. */
function readPiece(line: string): Read<string> | undefined {
  const [first = '', second] = line;
  if (first === "'") return readUntil(line, /^'([^'\0\r\n]*)'/);
  if (first === '"') return readDoubleQuoted(line);
  if (first === '\\') {
    return second === undefined || /[\n\r\0]/.test(second)
      ? undefined
      : { word: second, rest: line.slice(1 + second.length) };
  }
  return SPECIAL.has(first) ? undefined : { word: first, rest: line.slice(first.length) };
}

function readUntil(line: string, pattern: RegExp): Read<string> | undefined {
  const match = pattern.exec(line);
  return match ? { word: match[1] ?? '', rest: line.slice(match[0].length) } : undefined;
}

/** Between double quotes a backslash escapes only `$`, `` ` ``, `"` and itself (§2.2.3). */
function readDoubleQuoted(line: string): Read<string> | undefined {
  const quoted = readUntil(line, /^"((?:[^"\\$`\0\r\n]|\\[^\0\r\n])*)"/);
  return quoted && { word: quoted.word.replace(/\\([$`"\\])/g, '$1'), rest: quoted.rest };
}
