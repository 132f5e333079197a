import type { PageAdvice } from './page-advice.ts';

export const enPageAdvice: PageAdvice = {
  guides: [
    {
      title: 'I can reset it myself',
      steps: [
        'Switch off mail on your phone, and close the mail programs on this computer.',
        'Open webmail or the password page of your organisation in the browser.',
        'Choose “Change password”, or “Forgot password” if you no longer know it.',
        'Choose a new password that you use nowhere else, and sign in to webmail with it once.',
        'Come back here. Rekey does the rest on this computer.',
      ],
    },
    {
      title: 'My IT department resets it',
      steps: [
        'Ask for a reset, and say whether your phone has been asking for a password.',
        'If the account is locked, ask to have it unlocked as well.',
        'A first password often has to be changed: sign in to webmail and set your own.',
        'Come back here with that one, not with the first.',
      ],
    },
  ],
  devices: [
    { name: 'Phone and tablet', step: 'Open the mail account in the settings and type the new password.' },
    {
      name: 'Other computers',
      step: 'Run Rekey there as well, or close their mail programs until you can.',
    },
    {
      name: 'Printers, scanners and other devices that send mail',
      step: 'Change the password in the settings of the device if it uses your account.',
    },
    {
      name: 'Other mail services that collect your mail',
      step: 'Change it where that service asks for the password of this account.',
    },
  ],
  secure: {
    title: 'If somebody else knew the old password',
    steps: [
      'Sign out of all other sessions in the security settings of your account.',
      'Look at forwarding and filter rules in webmail, and remove those that are not yours.',
      'Change the password wherever else you used the old one.',
    ],
  },
  signIn: {
    thunderbird:
      'Asks by itself in a window of the provider. If not: choose “Get Messages”, then sign in there.',
    evolution:
      'Asks by itself. If not: open the Online Accounts in the settings of your desktop and sign in there.',
    command: 'Does not ask. Sign in with the program that fetches its token, then fetch mail once.',
    other: 'Open {program}. If it does not ask by itself, fetch mail once or open its account settings.',
  },
  help: {
    title: 'How Rekey works',
    steps: [
      'It looks for places on this computer where the password of your mail account is stored.',
      'It logs in to your mail server once with the new password. If the server says no, nothing is changed.',
      'It writes the new password to the places that you ticked, reads each one back and compares.',
      'It keeps what it replaced, encrypted, so that you can undo. After seven days it is deleted.',
      'It never shows, sends elsewhere or logs a password, and never asks for codes or answers to questions.',
    ],
    version: 'Rekey {version}',
  },
};
