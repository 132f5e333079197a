import type { PageAdvice } from './page-advice.ts';

export const dePageAdvice: PageAdvice = {
  guides: [
    {
      title: 'Ich kann es selbst zurücksetzen',
      steps: [
        'Schalten Sie Mail auf dem Telefon aus und schließen Sie die Mailprogramme auf diesem Rechner.',
        'Öffnen Sie im Browser Webmail oder die Passwortseite Ihrer Organisation.',
        'Wählen Sie „Passwort ändern“ oder, wenn Sie es nicht mehr wissen, „Passwort vergessen“.',
        'Wählen Sie ein neues, das Sie nirgends sonst verwenden, und melden Sie sich damit einmal am Webmail an.',
        'Kommen Sie hierher zurück. Den Rest auf diesem Rechner erledigt Rekey.',
      ],
    },
    {
      title: 'Meine IT setzt es zurück',
      steps: [
        'Bitten Sie darum und sagen Sie dazu, ob Ihr Telefon nach einem Passwort gefragt hat.',
        'Ist das Konto gesperrt, lassen Sie es gleich mit entsperren.',
        'Ein erstes Passwort muss oft geändert werden: Setzen Sie am Webmail Ihr eigenes.',
        'Kommen Sie mit diesem zurück, nicht mit dem ersten.',
      ],
    },
  ],
  devices: [
    {
      name: 'Telefon und Tablet',
      step: 'Öffnen Sie in den Einstellungen das Mailkonto und geben Sie das neue Passwort ein.',
    },
    {
      name: 'Andere Rechner',
      step: 'Starten Sie Rekey auch dort oder schließen Sie bis dahin die Mailprogramme.',
    },
    {
      name: 'Drucker, Scanner und andere Geräte, die Mail senden',
      step: 'Ändern Sie das Passwort in den Einstellungen des Geräts, wenn es Ihr Konto verwendet.',
    },
    {
      name: 'Andere Maildienste, die Ihre Mail abholen',
      step: 'Ändern Sie es dort, wo der Dienst nach dem Passwort dieses Kontos fragt.',
    },
  ],
  secure: {
    title: 'Wenn jemand anderes das alte Passwort kannte',
    steps: [
      'Melden Sie in den Sicherheitseinstellungen des Kontos alle anderen Sitzungen ab.',
      'Sehen Sie im Webmail nach Weiterleitungen und Filterregeln und entfernen Sie fremde.',
      'Ändern Sie das Passwort überall, wo Sie das alte sonst noch verwendet haben.',
    ],
  },
  signIn: {
    thunderbird:
      'Fragt von selbst in einem Fenster des Anbieters. Wenn nicht: „Nachrichten abrufen“ wählen und dort anmelden.',
    evolution:
      'Fragt von selbst. Wenn nicht: In den Einstellungen des Desktops die Online-Konten öffnen und dort anmelden.',
    command:
      'Fragt nicht. Melden Sie sich mit dem Programm an, das die Anmeldung besorgt, und rufen Sie dann einmal Mail ab.',
    other:
      'Öffnen Sie {program}. Fragt es nicht von selbst, rufen Sie Mail ab oder öffnen Sie die Kontoeinstellungen.',
  },
  help: {
    title: 'Wie Rekey arbeitet',
    steps: [
      'Rekey sucht auf diesem Rechner die Stellen, an denen das Passwort Ihres Mailkontos gespeichert ist.',
      'Es meldet sich mit dem neuen Passwort einmal am Mailserver an. Lehnt der ab, ändert sich nichts.',
      'Es schreibt das neue Passwort an die angekreuzten Stellen, liest jede nach und vergleicht.',
      'Was es ersetzt hat, bewahrt es verschlüsselt auf, damit Sie es zurücknehmen können; nach sieben Tagen wird es gelöscht.',
      'Es zeigt und protokolliert kein Passwort, sendet es an niemand anderen und fragt nie nach Codes.',
    ],
    version: 'Rekey {version}',
  },
};
