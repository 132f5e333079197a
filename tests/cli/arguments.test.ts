import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../electron/cli/arguments.ts';
import { COMMANDS } from '../../electron/cli/options.ts';

const parse = (line: string) => parseArguments(line.split(' ').filter((word) => word !== ''));

function faultOf(line: string): { fault: string | undefined; about: string | undefined } {
  const parsed = parse(line);
  if (parsed.ok) throw new Error('was understood');
  expect(parsed.problem.kind).toBe('usage');
  return { fault: parsed.problem.detail, about: parsed.problem.subject };
}

test.each(COMMANDS)('%s is a command', (command) => {
  expect(parse(command)).toMatchObject({ ok: true, value: { command } });
});

test('options may stand anywhere, with a blank or an equals sign, and repeat where that means something', () => {
  const parsed = parse('--json apply --only a --account=ada@example.org --only b --yes');
  if (!parsed.ok) throw new Error('not understood');
  const { value } = parsed;
  expect(value.command).toBe('apply');
  expect(value.values('only')).toEqual(['a', 'b']);
  expect(value.value('account')).toBe('ada@example.org');
  expect([value.has('yes'), value.has('json'), value.has('quiet')]).toEqual([true, true, false]);
});

test('undo takes a run; help and version win over everything else', () => {
  expect(parse('undo 0192-ab')).toMatchObject({ ok: true, value: { run: '0192-ab' } });
  expect(parse('undo')).toMatchObject({ ok: true, value: { command: 'undo' } });
  expect(parse('apply --help')).toMatchObject({ ok: true, value: { command: 'help', topic: 'apply' } });
  expect(parse('-h')).toMatchObject({ ok: true, value: { command: 'help' } });
  expect(parse('--version')).toMatchObject({ ok: true, value: { command: 'version' } });
});

test('the manifest may be named by a lone dash', () => {
  const parsed = parse('plan --manifest -');
  expect(parsed.ok && parsed.value.value('manifest')).toBe('-');
});

describe('misuse', () => {
  test.each<[line: string, fault: string, about?: string]>([
    ['', 'command-missing'],
    ['aply', 'command-unknown'],
    ['plan --acount=x', 'option-unknown', ' (--account?)'],
    ['plan --zzzzzzzzz', 'option-unknown', ''],
    ['scan --account x', 'option-misplaced', '--account'],
    ['plan --account', 'value-missing', '--account'],
    ['plan --account --json', 'value-missing', '--account'],
    ['plan --account=', 'value-missing', '--account'],
    ['plan --account a --account b', 'option-repeated', '--account'],
    ['plan --json=yes', 'value-not-taken', '--json'],
    ['apply hunter2', 'argument-unexpected'],
    ['undo a b', 'argument-unexpected'],
    ['apply --password=hunter2', 'password-in-arguments'],
    ['apply --password hunter2', 'password-in-arguments'],
    ['apply --passwd=hunter2', 'password-in-arguments'],
    ['apply -p hunter2', 'password-in-arguments'],
    ['apply --old-password=hunter2', 'password-in-arguments'],
    ['apply -phunter2', 'password-in-arguments'],
  ])('%s is %s', (line, fault, about) => {
    expect(faultOf(line)).toEqual({ fault, about });
  });

  test.each([
    'hunter2',
    'apply hunter2',
    'apply --hunter2',
    'apply --hunter2=1',
    'apply -hunter2',
    'plan --json=hunter2',
    'apply --only --hunter2',
    '--account hunter2 --account hunter2 apply',
    'history hunter2 --forget',
    'apply --password=hunter2',
  ])('never repeats what was typed: %s', (line) => {
    expect(JSON.stringify(parse(line))).not.toContain('hunter2');
  });
});
