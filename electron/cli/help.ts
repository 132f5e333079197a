import type { CommandName, OptionGroup, OptionName } from '../../shared/messages/command-line.ts';
import type { Messages } from '../../shared/messages/messages.ts';
import { COMMANDS, isOption, OPTIONS, takes, takesRun } from './options.ts';

const GROUPS: readonly OptionGroup[] = ['choosing', 'password', 'server', 'other', 'common'];

/** The help: all commands, or one with its options by group. */
export const helpLines = (topic: CommandName | undefined, messages: Messages): readonly string[] =>
  topic === undefined ? overview(messages) : ofCommand(topic, messages);

function overview({ commandLine: texts }: Messages): readonly string[] {
  return [
    texts.tagline,
    '',
    `${texts.usageHeading}: rekey COMMAND [OPTION]...`,
    '',
    texts.commandsHeading,
    ...columns(COMMANDS.map((name) => [name, texts.commands[name]])),
    '',
    texts.groups.common,
    ...columns(optionsIn('common').map((name) => [spelled(name), texts.options[name]])),
    '',
    ...texts.exitCodes.split('\n'),
    '',
    texts.helpHint,
  ];
}

function ofCommand(command: CommandName, { commandLine: texts }: Messages): readonly string[] {
  const run = takesRun(command) ? ' [RUN]' : '';
  const groups = GROUPS.map((group) => ({
    group,
    options: optionsIn(group).filter((name) => takes(command, name)),
  }));
  return [
    `rekey ${command}: ${texts.commands[command]}`,
    '',
    `${texts.usageHeading}: rekey ${command}${run} [OPTION]...`,
    ...groups
      .filter(({ options }) => options.length > 0)
      .flatMap(({ group, options }) => [
        '',
        texts.groups[group],
        ...columns(options.map((name) => [spelled(name), texts.options[name]])),
      ]),
  ];
}

const optionsIn = (group: OptionGroup): readonly OptionName[] =>
  Object.keys(OPTIONS)
    .filter(isOption)
    .filter((name) => OPTIONS[name].group === group);

function spelled(name: OptionName): string {
  const { value } = OPTIONS[name];
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
