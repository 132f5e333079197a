import type { PageAdvice } from './page-advice.ts';

export const enPageAdvice: PageAdvice = {
  guidesHelp:
    'First switch off mail on your phone, so that the old password locks nothing. Then come back here with the new one.',
  guides: [
    {
      title: 'You reset it yourself',
      steps: [
        { text: 'Have at hand what proves who you are: your phone, your code app or your card.' },
        { text: 'Open the reset portal of your organisation or provider in the browser.' },
        { text: 'Choose “Forgot my password”.' },
        { text: 'Enter your user ID, which is often your mail address.' },
        { text: 'Choose how the portal verifies you: by message, call or app.' },
        { text: 'Enter the code that you receive.' },
        { text: 'Create a new, strong password that you use nowhere else.' },
        { text: 'Type it once more to confirm it.' },
        { text: 'Complete the reset, and wait until the portal says so.' },
        { text: 'Test the new password by logging in.', byRekey: 'Rekey does this' },
        { text: 'Update it on your other devices.', byRekey: 'Rekey does this computer' },
        { text: 'Secure the account: sign out of old sessions, look at forwarding rules.' },
      ],
    },
    {
      title: 'An administrator resets it',
      steps: [
        { text: 'Open the Exchange admin center.' },
        { text: 'Go to Recipients, then Mailboxes.' },
        { text: 'Select the mailbox of the user.' },
        { text: 'Choose to reset its password.' },
        { text: 'Enter the new password.' },
        { text: 'Type it once more to confirm it.' },
        { text: 'Save the change.' },
        { text: 'Test the new password by logging in.', byRekey: 'Rekey does this' },
        { text: 'Notify the IT department.', byRekey: 'Rekey writes the text' },
        { text: 'Keep it secure: tell only the user, who replaces it at the first sign-in.' },
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
    thunderbird: 'Shows a window of the provider. If not: choose “Get Messages”, then sign in there.',
    evolution:
      'Shows a window of the provider. If not: open the Online Accounts in the settings of your desktop and sign in there.',
    onlineAccounts:
      'Open Online Accounts in the settings of your desktop, choose the account, then “Sign In”. Evolution and Geary follow.',
    kmail: 'Opens the page of the provider in your browser. If not: choose “Check Mail”, then sign in there.',
    geary: 'Open Online Accounts in the settings of your desktop, choose the account, then “Sign In”.',
    command: 'Sign in with the command that fetches its token, then fetch mail once.',
    other: 'Open {program}. If it does not ask by itself, fetch mail once or open its account settings.',
    switchThunderbird:
      'Open “Account Settings”, then “Server Settings”. Choose OAuth2 as “Authentication method”, for the outgoing server as well. Then choose “Get Messages” and sign in.',
    switchCommand:
      'Set {program} up with a command that fetches a token, or use a program that signs in at the provider.',
    switchOther:
      'Open the account settings of {program} and choose to sign in with OAuth2, or add the account anew.',
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
