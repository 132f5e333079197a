import type { SignInTexts } from './page-sign-in.ts';

export const dePageSignIn: SignInTexts = {
  heading: 'Hier ist kein Passwort zu speichern.',
  asks: {
    one: '{n} Programm wird Sie um die Anmeldung bitten.',
    other: '{n} Programme werden Sie um die Anmeldung bitten.',
  },
  switches: {
    one: '{n} Programm müssen Sie auf die Anmeldung beim Anbieter umstellen.',
    other: '{n} Programme müssen Sie auf die Anmeldung beim Anbieter umstellen.',
  },
  help: 'Dieses Konto meldet sich bei seinem Anbieter an, Ihre Programme bewahren kein Passwort dafür auf.',
  helpSaid: 'Der Server nimmt für dieses Konto kein Passwort an. Es wurde nichts geändert.',
  also: 'Nach der Änderung fragt auch jedes andere Gerät einmal.',
  asking: {
    yes: 'fragt von selbst',
    no: 'fragt nicht',
    perhaps: 'fragt vielleicht von selbst',
    switch: 'ist umzustellen',
  },
  programs: 'In Ihren Programmen',
  old: 'Alte Passwörter, die zu nichts mehr gut sind',
  oldHelp:
    'Sie blieben liegen, als die Programme begannen, sich beim Anbieter anzumelden. Kein Programm liest sie mehr.',
  copy: 'Kopie',
  states: {
    there: 'ohne Nutzen',
    locked: 'vielleicht vorhanden',
    close: 'wartet: {subject} schließen',
    keyring: 'wartet: Schlüsselbund entsperren',
    removing: 'wird entfernt',
    removed: 'entfernt',
    gone: 'war keines da',
    failed: 'nicht entfernt',
    cannot: 'lässt sich nicht entfernen',
  },
  lockedHelp: 'Tippen Sie unten das Hauptpasswort ein, um zu entfernen, was dort liegt.',
  unlockHelp: 'Ohne sie ist nicht zu sehen, was dort liegt. Rekey verwendet sie einmal und behält sie nicht.',
  remove: 'Entfernen',
  removeOf: 'Das alte Passwort von {name} entfernen',
  removeAll: { one: '{n} altes Passwort entfernen', other: 'Alle {n} alten Passwörter entfernen' },
  removeAsk: { one: '{n} altes Passwort entfernen?', other: '{n} alte Passwörter entfernen?' },
  removeWarning:
    'Ihre Programme melden sich weiter an wie bisher, und ihre Anmeldungen bleiben. Sieben Tage lang können Sie das zurücknehmen.',
  removedSoFar: { one: '{n} altes Passwort ist entfernt.', other: '{n} alte Passwörter sind entfernt.' },
  undoUntil: 'Bis {date} können Sie das zurücknehmen.',
  undoAll: { one: '{n} zurückholen', other: 'Alle {n} zurückholen' },
  undoAsk: { one: '{n} altes Passwort zurückholen?', other: '{n} alte Passwörter zurückholen?' },
  undoWarning: 'Alles ist dann wieder genau wie zuvor. Was zurückkommt, liest kein Programm.',
  undoTogether:
    'Sie liegen in einer Datei, die nur als Ganzes zurückkommt. Was zurückkommt, liest kein Programm.',
};
