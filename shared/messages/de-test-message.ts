import type { TestMessageTexts } from './test-message.ts';

export const deTestMessage: TestMessageTexts = {
  subject: 'Testnachricht: Ihr neues Mailpasswort funktioniert',
  text: 'Rekey hat diese Nachricht auf Ihren Wunsch mit dem neuen Passwort von {account} an dieselbe Adresse geschickt. Sie können sie löschen.',
  wish: 'Eine Testnachricht an mich selbst senden',
  wishHelp: 'Zum Schluss eine Nachricht von {account} an dieselbe Adresse. Sie bleibt in Ihrem Posteingang.',
  title: 'Testnachricht',
  name: 'Von Ihnen an Sie selbst',
  states: {
    ahead: 'noch nicht',
    sending: 'wird gesendet',
    waiting: 'unterwegs',
    arrived: 'angekommen',
    sent: 'gesendet',
    late: 'gesendet, noch nicht gesehen',
    failed: 'nicht gesendet',
  },
  arrivedAfter: 'angekommen nach {n} s',
  unseen: 'Rekey hat sie nicht ankommen sehen. Schauen Sie in Ihren Posteingang.',
  heading: 'Die Testnachricht ist unterwegs',
  help: 'Die Stellen sind fertig.',
  cancel: 'Abbrechen beendet nur das Warten auf die Testnachricht.',
};
