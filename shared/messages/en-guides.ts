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
  'mounted-share': [
    'The share on {host} goes on with the password with which it was mounted.',
    'Unmount it before the server takes the old password for a wrong one too often, and mount it again with the new one.',
    'Where the computer mounts it by itself, change the stored password first.',
  ],
  'mozilla-mail': [
    'Open {program} and find “Saved Passwords” in its settings.',
    'Remove what is saved for {host} with the user name {login}.',
    'Start {program} again, type the new password when it asks and let it remember it.',
  ],
  network: [
    'Open the network settings of your desktop and choose this Wi-Fi, VPN or wired network.',
    'If it takes the password of this account, put the new one there, on the page “Security” or “Identity”.',
    'Connect again.',
  ],
  'network-folder': [
    'Disconnect {host} in the file manager, if it is connected.',
    'Connect again and, when it asks, type the new password and let it be remembered.',
  ],
  'network-share': [
    'Put the new password behind “password=” in {where}, or ask who looks after this computer to do it.',
    'Then unmount the share and mount it again.',
  ],
  'sealed-file': [
    'Open {where} with the program that sealed it, such as Emacs.',
    'Look for the lines of your mail servers. Where the old password stands, put the new one; if there is none, leave the file as it is.',
    'Save it, start the program that reads it and see that it signs in.',
  ],
  'text-file': [
    'Open {where} in a text editor.',
    'Find the part for {host} and put the new password where the old one stands.',
    'Save the file, start the program that reads it and see that it signs in.',
  ],
};
