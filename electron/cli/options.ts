import type { CommandName, OptionGroup, OptionName } from '../../shared/messages/command-line.ts';

/** One option: which commands take it, and whether it takes a value. Its description is in the messages. */
export interface OptionRule {
  readonly group: OptionGroup;
  /** What stands for the value in the help; an option without one is a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  /** Left out: every command takes it. */
  readonly commands?: readonly CommandName[];
}

const ACCOUNT: readonly CommandName[] = ['plan', 'check', 'apply', 'status'];
const CHOOSE: readonly CommandName[] = ['plan', 'apply'];
const LOGIN: readonly CommandName[] = ['check', 'apply'];

/** Every option, in the order of the help. */
export const OPTIONS: Readonly<Record<OptionName, OptionRule>> = {
  account: { group: 'choosing', value: 'ADDRESS', commands: ACCOUNT },
  login: { group: 'choosing', value: 'NAME', commands: ['plan', 'check', 'apply'] },
  only: { group: 'choosing', value: 'ID', repeatable: true, commands: ['plan', 'apply', 'undo'] },
  except: { group: 'choosing', value: 'ID', repeatable: true, commands: CHOOSE },
  'add-missing': { group: 'choosing', commands: CHOOSE },
  'password-stdin': { group: 'password', commands: LOGIN },
  'password-fd': { group: 'password', value: 'N', commands: LOGIN },
  'old-password-fd': { group: 'password', value: 'N', commands: LOGIN },
  unlock: { group: 'password', value: 'WHERE', repeatable: true, commands: LOGIN },
  manifest: { group: 'password', value: '-', commands: ACCOUNT },
  imap: { group: 'server', value: 'SERVER', commands: LOGIN },
  smtp: { group: 'server', value: 'SERVER', commands: LOGIN },
  ca: { group: 'server', value: 'FILE', commands: LOGIN },
  'without-check': { group: 'server', commands: ['apply'] },
  'test-message': { group: 'other', commands: ['apply'] },
  yes: { group: 'other', commands: ['apply'] },
  forget: { group: 'other', value: 'RUN', commands: ['history'] },
  back: { group: 'other', commands: ['recover'] },
  json: { group: 'common' },
  home: { group: 'common', value: 'DIR' },
  state: { group: 'common', value: 'DIR' },
  quiet: { group: 'common' },
  'no-color': { group: 'common' },
  version: { group: 'common' },
  help: { group: 'common' },
};

export const COMMANDS: readonly CommandName[] = [
  'scan',
  'plan',
  'check',
  'apply',
  'status',
  'undo',
  'history',
  'recover',
  'doctor',
];

export const isCommand = (text: string): text is CommandName => COMMANDS.some((name) => name === text);

export const isOption = (text: string): text is OptionName => Object.hasOwn(OPTIONS, text);

/** What may follow the options. */
export const takesRun = (command: CommandName): boolean => command === 'undo';

export const takes = (command: CommandName, option: OptionName): boolean =>
  OPTIONS[option].commands?.includes(command) ?? true;
