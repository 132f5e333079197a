import type { PageAdvice } from './page-advice.ts';

export const dePageAdvice: PageAdvice = {
  guidesHelp:
    'Schalten Sie zuerst Mail auf dem Telefon aus, damit das alte Passwort nichts sperrt. Mit dem neuen kommen Sie hierher zurück.',
  guides: [
    {
      title: 'Sie setzen es selbst zurück',
      steps: [
        { text: 'Legen Sie bereit, womit Sie sich ausweisen: Telefon, Code-App oder Karte.' },
        { text: 'Öffnen Sie im Browser das Portal Ihrer Organisation oder Ihres Anbieters.' },
        { text: 'Wählen Sie „Passwort vergessen“.' },
        { text: 'Geben Sie Ihre Benutzerkennung ein, oft ist das die Mailadresse.' },
        { text: 'Wählen Sie, wie das Portal Sie prüft: per Nachricht, Anruf oder App.' },
        { text: 'Geben Sie den Code ein, den Sie erhalten.' },
        { text: 'Wählen Sie ein neues, starkes Passwort, das Sie sonst nirgends verwenden.' },
        { text: 'Geben Sie es zur Bestätigung noch einmal ein.' },
        { text: 'Schließen Sie ab und warten Sie, bis das Portal es bestätigt.' },
        { text: 'Testen Sie das neue Passwort mit einer Anmeldung.', byRekey: 'Das macht Rekey' },
        { text: 'Ändern Sie es auf Ihren anderen Geräten.', byRekey: 'Auf diesem Rechner macht es Rekey' },
        { text: 'Sichern Sie das Konto: alte Sitzungen abmelden, Weiterleitungen ansehen.' },
      ],
    },
    {
      title: 'Die Administration setzt es zurück',
      steps: [
        { text: 'Öffnen Sie das Exchange Admin Center.' },
        { text: 'Gehen Sie zu „Empfänger“, dann zu „Postfächer“.' },
        { text: 'Wählen Sie das Postfach aus.' },
        { text: 'Wählen Sie das Zurücksetzen des Passworts.' },
        { text: 'Geben Sie das neue Passwort ein.' },
        { text: 'Geben Sie es zur Bestätigung noch einmal ein.' },
        { text: 'Speichern Sie die Änderung.' },
        { text: 'Testen Sie das neue Passwort mit einer Anmeldung.', byRekey: 'Das macht Rekey' },
        { text: 'Geben Sie der IT Bescheid.', byRekey: 'Den Text schreibt Rekey' },
        {
          text: 'Halten Sie es geheim: Nur die betroffene Person erfährt es und setzt bei der ersten Anmeldung ein eigenes.',
        },
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
      'Zeigt ein Fenster des Anbieters. Wenn nicht: „Nachrichten abrufen“ wählen und dort anmelden.',
    evolution:
      'Zeigt ein Fenster des Anbieters. Wenn nicht: In den Einstellungen des Desktops die Online-Konten öffnen und dort anmelden.',
    onlineAccounts:
      'In den Einstellungen des Desktops die Online-Konten öffnen, das Konto wählen und sich dort anmelden. Evolution und Geary folgen.',
    kmail:
      'Öffnet die Seite des Anbieters im Browser. Wenn nicht: „Nach E-Mails sehen“ wählen und dort anmelden.',
    geary:
      'In den Einstellungen des Desktops die Online-Konten öffnen, das Konto wählen und sich dort anmelden.',
    command:
      'Melden Sie sich mit dem Befehl an, der die Anmeldung besorgt, und rufen Sie dann einmal Mail ab.',
    other:
      'Öffnen Sie {program}. Fragt es nicht von selbst, rufen Sie Mail ab oder öffnen Sie die Kontoeinstellungen.',
    switchThunderbird:
      'Öffnen Sie „Konten-Einstellungen“, dann „Server-Einstellungen“. Wählen Sie OAuth2 als „Authentifizierungsmethode“, auch beim Postausgangs-Server. Rufen Sie dann Nachrichten ab und melden Sie sich an.',
    switchCommand:
      'Richten Sie {program} mit einem Befehl ein, der die Anmeldung besorgt, oder nehmen Sie ein Programm, das sich beim Anbieter anmeldet.',
    switchOther:
      'Öffnen Sie die Kontoeinstellungen von {program} und wählen Sie die Anmeldung mit OAuth2, oder legen Sie das Konto neu an.',
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
