import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellPipeline } from '../../electron/formats/shell-words.ts';

const numRuns = Number(process.env['REKEY_PROPERTY_RUNS'] ?? 1000);
const HOME = '/home/alice';

/** The words that a real shell makes of each line, asked in one process. */
function askShell(shell: string, lines: readonly string[]): readonly (readonly string[])[] {
  const script = lines.map((line) => `printf '%s\\0' ${line}\nprintf '\\001'\n`).join('');
  const { stdout, stderr, status } = spawnSync(shell, ['-s'], {
    input: script,
    env: { HOME, LC_ALL: 'C.UTF-8' },
    cwd: '/',
  });
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  const answers = stdout.toString().split('\u0001').slice(0, -1);
  return answers.map((answer) => answer.split('\0').slice(0, -1));
}

test.each(['sh', 'bash'])('every line that is understood has the words that %s makes of it', (shell) => {
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('~', '$HOME', '${HOME}', '"', "'", '\\', ' ', '\t', '/', '#', 'ü'),
    },
    fc.constantFrom(
      'a',
      'b c',
      '$',
      '`',
      '{',
      '}',
      '{a,b}',
      '*',
      '?',
      '[',
      ']',
      '!',
      '=',
      '~b',
      '-n',
      '%',
      '"$HOME"',
      '\\"',
    ),
  );
  const line = fc.array(piece, { minLength: 1, maxLength: 10 }).map((pieces) => pieces.join(''));
  const understood = fc.sample(line, numRuns * 2).flatMap((text) => {
    const pipeline = shellPipeline(text);
    const [words] = pipeline ?? [];
    return words === undefined || words.length === 0 ? [] : [{ text, words }];
  });
  expect(understood.length).toBeGreaterThan(numRuns / 5);
  const real = askShell(
    shell,
    understood.map(({ text }) => text),
  );
  const ours = understood.map(({ words }) => words.map(({ text, home }) => (home ? HOME + text : text)));
  expect(understood.map(({ text }, at) => [text, real[at]])).toEqual(
    understood.map(({ text }, at) => [text, ours[at]]),
  );
});

test('a home folder behind `=` or `:`, which shells find or not, is not read', () => {
  for (const line of ['cat c=~', 'cat c=a:~/b', 'cat --file=~/b'])
    expect(shellPipeline(line)).toBeUndefined();
  expect(shellPipeline('cat a~ =b')).toBeDefined();
});
