import type { Messages } from './messages.ts';

/** English: how a person changes what Rekey cannot. */
export const enGuides: Messages['guides'] = {
  'asks-again': [
    'Open {program} and let it fetch mail.',
    'When it asks for the password of {login}, type the new one and let it remember it.',
  ],
  chromium: [
    'Open {program}, go to its settings and search there for “passwords”.',
    'In the list of saved passwords, open the one for {host} with the user name {login}.',
    'Put the new password there and save it.',
  ],
  firefox: [
    'Open {program} and choose “Passwords” in its menu.',
    'Search for {host}. Rekey cannot see the user names here: choose the login of this account, if there is one.',
    'Choose “Edit”, put the new password there and save it.',
  ],
  'external-command': [
    'Look in {where} for the command from which {program} takes the password.',
    'Change the password in the place that this command reads.',
    'Start {program} and see that it signs in.',
  ],
  'first-start': [
    'Open {program} and type the new password when it asks.',
    'Let it remember the password; it makes its key by that.',
  ],
  mailspring: [
    'Open {program} and go to “Accounts” in its preferences.',
    'Choose the account of {login} and click “Update Connection Settings…”.',
    'Put the new password there in place of the old one, for receiving and for sending, and go on until it has signed in.',
  ],
  'mozilla-mail': [
    'Open {program} and find “Saved Passwords” in its settings.',
    'Remove what is saved for {host} with the user name {login}.',
    'Start {program} again, type the new password when it asks and let it remember it.',
  ],
  'text-file': [
    'Open {where} in a text editor.',
    'Find the part for {host} and put the new password where the old one stands.',
    'Save the file, start the program that reads it and see that it signs in.',
  ],
};
