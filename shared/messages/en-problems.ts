import type { Messages } from './messages.ts';

/** English: one sentence and one next step for every Problem. */
export const enProblems: Messages['problems'] = {
  usage: {
    sentence: 'The command line cannot be understood.',
    next: 'Run rekey --help to see what is possible.',
  },
  'password-unusable': {
    sentence:
      'This password holds a line break, a NUL character or bytes that are not UTF-8. Nothing was changed.',
    next: 'Enter the password without them.',
  },
  'manifest-invalid': {
    sentence: 'The manifest is not valid: see {subject}. Nothing was changed.',
    unnamed: 'its JSON syntax',
    next: 'Correct it, then run Rekey again.',
  },
  'account-unknown': {
    sentence: 'Nothing on this computer is set up for {subject}.',
    unnamed: 'this account',
    next: 'Check the spelling; rekey scan lists the accounts that were found.',
  },
  'run-unknown': {
    sentence: 'Rekey keeps no such run.',
    next: 'Run rekey history to see the runs that are kept.',
  },
  'no-terminal': {
    sentence: 'Rekey has to ask for the password, and there is no terminal to ask on.',
    next: 'Give it with --password-stdin, --password-fd or --manifest -.',
  },
  'already-stored': {
    sentence: 'This is the password that is already stored here ({detail} of {detail}). No server was asked.',
    undetailed: 'all',
    next: 'If you have just reset it, this is the old one: type the new one.',
  },
  'foreign-home': {
    sentence: '{subject} belongs to another user, so nothing in it was read.',
    unnamed: 'the home folder',
    next: 'Run Rekey as the user who owns it.',
  },
  'saving-forbidden': {
    sentence: 'Your organisation does not allow {subject} to save passwords.',
    unnamed: 'this program',
    next: 'Type the password there when it asks, or talk to your administrator.',
  },
  'run-active': {
    sentence: 'Another run of Rekey is at work on this computer.',
    next: 'Wait until it has finished, then run Rekey again.',
  },
  cancelled: {
    sentence: 'You cancelled. Places that were not reached are as they were.',
    next: 'Run Rekey again when you are ready.',
  },

  rejected: {
    sentence: 'The server did not accept this name and password.',
    next: 'Type it again; check caps lock, the keyboard layout, and that you reset this very account.',
  },
  'rejected-no-reason': {
    sentence:
      'The server refused and does not say why: wrong password, locked account, or mail programs not allowed.',
    next: 'Sign in to webmail once in the browser; if that works, ask your administrator to allow mail programs.',
  },
  expired: {
    sentence: 'The password was accepted, but it has expired.',
    next: 'Sign in to webmail, set a new password, then run Rekey with that one.',
  },
  'must-change': {
    sentence: 'The password was accepted, but it must be changed first.',
    next: 'Sign in to webmail, set a final password, then run Rekey with that one.',
  },
  'sending-refused': {
    sentence: 'This password works for reading, but the server refused it for sending.',
    next: 'Ask your administrator whether sending uses another name or password.',
  },
  'account-blocked': {
    sentence: 'This account is blocked, so Rekey has stopped trying.',
    next: 'Wait, or ask your administrator to unblock it.',
  },
  'attempts-used-up': {
    sentence: 'Too many tries were refused lately; one more could lock the account.',
    next: 'Run Rekey again in {detail}.',
    undetailed: 'half an hour',
  },
  'basic-auth-disabled': {
    sentence: 'This provider no longer takes passwords from mail programs.',
    next: 'There is nothing to store: open the mail program, and it will ask you to sign in.',
  },
  'smtp-auth-disabled': {
    sentence: 'Sending by password is switched off by your organisation.',
    next: 'Ask your administrator how mail programs should send.',
  },
  'app-password-required': {
    sentence:
      'This provider wants an app password, not the password of the account; old app passwords ended with the reset.',
    next: 'Make an app password on the pages of the provider, then run Rekey with it.',
  },
  'web-login-required': {
    sentence: 'The provider wants you to confirm the sign-in in the browser.',
    next: 'Sign in to webmail, then run Rekey again.',
  },
  'protocol-disabled': {
    sentence: 'Mail programs are, or may be, switched off for this mailbox.',
    next: 'Switch on IMAP or POP3 in the webmail settings, then run Rekey again.',
  },
  'no-mechanism': {
    sentence: 'The server offers no safe sign-in that Rekey knows. The password was not sent.',
    next: 'Ask your administrator how mail programs should sign in.',
  },
  oauth: {
    sentence: '{subject} signs in without a stored password, so there is nothing to change.',
    unnamed: 'this program',
    next: 'Open it, and sign in again if it asks.',
  },
  'server-busy': {
    sentence: 'The server is busy; the password was not judged.',
    next: 'Close other mail programs, wait a few minutes, then run Rekey again.',
  },
  'mailbox-unavailable': {
    sentence: 'The password is right, but the mailbox cannot be opened.',
    next: 'Tell your administrator.',
  },
  unreachable: {
    sentence: 'No mail server answers at {subject}.',
    unnamed: 'its address',
    next: 'Check the network, the VPN and the name of the server, then run Rekey again.',
  },
  'not-a-mail-server': {
    sentence: 'What answers at {subject} is not a mail server. The password was not sent.',
    unnamed: 'this address',
    next: 'Check the name and port of the server.',
  },
  'untrusted-certificate': {
    sentence: 'The connection to {subject} cannot be trusted. The password was not sent.',
    unnamed: 'the server',
    next: 'Ask your administrator about its certificate; --ca FILE adds the authority of your organisation.',
  },
  'tls-missing': {
    sentence: '{subject} offers no encrypted connection. The password was not sent.',
    unnamed: 'the server',
    next: 'Ask your administrator for the encrypted port.',
  },
  'not-proven': {
    sentence: 'The server let Rekey in without judging the password, which proves nothing.',
    next: 'Name a server that asks for the password with --imap or --smtp.',
  },
  'outcome-unknown': {
    sentence: 'No answer came after the password was sent; this counts as one try.',
    next: 'Wait a few minutes, then run Rekey again.',
  },
  'no-server-known': {
    sentence: 'No mail server is known for this account, so the password cannot be checked.',
    next: 'Name one with --imap HOST:PORT or --smtp HOST:PORT.',
  },

  'format-cannot-hold': {
    sentence: 'The format of this place has no way to write this password.',
    next: 'Choose a password without blanks, quotes and backslashes, or leave this program to ask for it.',
  },
  unsupported: {
    sentence: 'Rekey does not understand how the password is kept here.',
    next: 'Enter the new password in the program itself.',
  },
  changed: {
    sentence: 'Something else changed this place meanwhile, so it was left as it is.',
    next: 'Look at it, then run Rekey again.',
  },
  mismatch: {
    sentence: 'What was read back is not what was written.',
    next: 'Run rekey undo for this place, then enter the password in the program itself.',
  },
  'client-running': {
    sentence: '{subject} is open and would overwrite the change.',
    unnamed: 'the program',
    next: 'Close {subject}, then run Rekey again.',
  },
  'keyring-locked': {
    sentence: 'The keyring is locked.',
    next: 'Unlock the keyring, then run Rekey again.',
  },
  'keyring-missing': {
    sentence: 'No keyring answers in this session.',
    next: 'Run Rekey inside your desktop session.',
  },
  'primary-password-needed': {
    sentence: 'A primary password protects {subject}.',
    unnamed: 'this place',
    next: 'Run Rekey again with --unlock and the folder of the profile.',
  },
  'primary-password-wrong': {
    sentence: 'The primary password for {subject} is not the right one. Nothing was changed there.',
    unnamed: 'this place',
    next: 'Run Rekey again and type it once more.',
  },
  'access-denied': {
    sentence: '{subject} cannot be opened with your rights.',
    unnamed: 'this place',
    next: 'Check who owns it, then run Rekey again.',
  },
  'read-only': {
    sentence: '{subject} cannot be written: it is read-only.',
    unnamed: 'this place',
    next: 'Make it writable, then run Rekey again.',
  },
  'disk-full': {
    sentence: 'The disk is full. This place is as it was.',
    next: 'Free some space, then run Rekey again.',
  },
  'write-failed': {
    sentence: '{subject} could not be written. It is as it was.',
    unnamed: 'this place',
    next: 'Look at the details, then run Rekey again.',
  },
  'outside-home': {
    sentence: 'This file lies outside the home folder, so it is left alone.',
    next: 'Name it with --only to change it all the same.',
  },
  'not-checked': {
    sentence: 'The server of this place did not vouch for the password, so the place was left alone.',
    next: 'Run Rekey again when the server answers.',
  },
  'other-password': {
    sentence: 'This place held another password, so it was left alone.',
    next: 'Name it with --only if it belongs to this account.',
  },
  'probable-only': {
    sentence: 'This is probably, but not certainly, the same account.',
    next: 'Name it with --only if it is.',
  },
  'shared-slot': {
    sentence: '{subject} also uses this place.',
    unnamed: 'another account',
    next: 'Name it with --only if both have the same password.',
  },
  'missing-not-added': {
    sentence: 'The program is set up, but no password is stored here.',
    next: 'Add --add-missing to store it where the program would look for it.',
  },
  'left-out': { sentence: 'You left this place out.' },
  'client-not-started': {
    sentence: 'The program has not made the key yet that it encrypts passwords with.',
    next: 'Open it once and let it save one password; then run this again.',
  },
  'external-command': {
    sentence: 'The program asks a command of your own for the password.',
    next: 'Change the password where that command takes it from.',
  },
  'by-hand': {
    sentence: 'Rekey cannot change this copy.',
    next: 'Change it by hand if it is this password.',
  },
  'cannot-verify': {
    sentence: 'This place cannot be read back, so a change can be neither verified nor undone.',
    next: 'Name it with --only to change it all the same.',
  },
  'client-cannot-send': {
    sentence: '{subject} has the new password, but cannot log in with letters that are not plain ASCII.',
    unnamed: 'A program',
    next: 'If it fails, choose a password without accents and umlauts, or another program.',
  },
  'readable-by-others': {
    sentence: 'Other users of this computer can read {subject}.',
    unnamed: 'this file',
    next: 'Take that right away with chmod 600.',
  },
  'hard-linked': {
    sentence: '{subject} has more than one name, so it is written in place.',
    unnamed: 'this file',
  },
  'tracked-by-git': {
    sentence: '{subject} is kept in a Git repository, and the password with it.',
    unnamed: 'this file',
    next: 'Check that this repository is never pushed.',
  },
  'sealed-in-git': {
    sentence: '{subject} lies sealed in a Git repository, which does not have the change yet.',
    unnamed: 'this file',
    next: 'Commit it there yourself, with “pass git commit -a” in a password store.',
  },
  'refresh-failed': {
    sentence: '{subject} could not be told about the change.',
    unnamed: 'the program',
    next: 'Restart the program that uses this place.',
  },
  'restart-needed': {
    sentence: '{subject} is open and goes on with the password that it read when it started.',
    unnamed: 'A program',
    next: 'Close {subject} and open it again.',
  },
  'service-running': {
    sentence: '{subject} runs in the background with the password that it read before.',
    unnamed: 'A service of your desktop',
    next: 'Log out of your desktop and in again.',
  },
  'undo-data-unprotected': {
    sentence: 'The data for undo is protected by file permissions only, as the places themselves are.',
    next: 'Run rekey history --forget RUN when you no longer need it.',
  },
  'undo-impossible': {
    sentence: 'This place cannot be brought back.',
    next: 'Enter the password that you want in the program itself.',
  },
  'unfinished-run': {
    sentence: 'An earlier run was interrupted and is not finished.',
    next: 'Run rekey recover to finish it, or rekey recover --back to take it back.',
  },
  'unlock-unused': {
    sentence: 'No place of this account needs the primary password given for {subject}.',
    unnamed: 'one profile',
    next: 'Name the profile or file by its whole path.',
  },
  unchecked: {
    sentence: 'No server was asked: the password was stored without a check.',
    next: 'Run rekey check when the server can be reached.',
  },

  'message-not-possible': {
    sentence:
      'No test message was sent: Rekey knows no server that sends for this account, or no address for it.',
    next: 'Write yourself a message in one of your programs.',
  },
  'message-refused': {
    sentence: '{subject} took the password, but not the test message.',
    unnamed: 'the server',
    next: 'Write yourself a message in one of your programs. If that is refused too, ask your administrator.',
  },
  'message-too-large': {
    sentence: '{subject} does not take a message of even this size.',
    unnamed: 'the server',
    next: 'Ask your administrator whether this account may send.',
  },
  'mailbox-full': {
    sentence: 'The mailbox is full, so {subject} did not take the test message.',
    unnamed: 'the server',
    next: 'Delete what you no longer need, then write yourself a message.',
  },
  'message-late': {
    sentence: 'The test message was sent, and after {detail} s it was not in the inbox yet.',
    undetailed: '60',
    next: 'Look in your inbox and in the folder for unwanted mail in a few minutes.',
  },
  'message-cancelled': {
    sentence: 'You cancelled before the test message was sent.',
  },

  internal: {
    sentence: 'This is a bug in Rekey.',
    next: 'Run rekey recover to be sure that nothing is half done, then report the bug.',
  },
};
