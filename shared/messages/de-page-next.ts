import type { PageTexts } from './page.ts';

/** German: the next steps of the app, where they differ from the command line's. */
export const dePageNext: PageTexts['next'] = {
  usage: 'Gehen Sie einen Schritt zurück und versuchen Sie es noch einmal.',
  'run-unknown': 'Der Verlauf zeigt die Läufe, die noch aufbewahrt sind.',
  'account-unknown': 'Prüfen Sie, wie die Adresse geschrieben ist.',
  'run-active': 'Warten Sie, bis er fertig ist, und versuchen Sie es dann erneut.',
  cancelled: 'Beginnen Sie von vorn, wenn Sie so weit sind.',
  expired: 'Melden Sie sich am Webmail an, setzen Sie ein neues und geben Sie hier dieses ein.',
  'must-change': 'Melden Sie sich am Webmail an, setzen Sie das endgültige und geben Sie hier dieses ein.',
  'attempts-used-up': 'Versuchen Sie es in {detail} noch einmal.',
  'app-password-required':
    'Erzeugen Sie auf den Seiten des Anbieters ein App-Passwort und geben Sie es hier ein.',
  'web-login-required': 'Melden Sie sich am Webmail an und versuchen Sie es hier erneut.',
  'protocol-disabled': 'Schalten Sie IMAP oder POP3 im Webmail ein und versuchen Sie es erneut.',
  'server-busy': 'Schließen Sie andere Mailprogramme, warten Sie einige Minuten und versuchen Sie es erneut.',
  unreachable: 'Prüfen Sie Netz, VPN und den Namen des Servers und versuchen Sie es erneut.',
  'untrusted-certificate': 'Fragen Sie Ihre IT nach dem Zertifikat dieses Servers.',
  'not-proven': 'Fragen Sie Ihre IT, welcher Server nach dem Passwort fragt.',
  'outcome-unknown': 'Warten Sie einige Minuten und versuchen Sie es dann erneut.',
  'no-server-known':
    'Richten Sie das Konto zuerst in einem Mailprogramm ein oder fragen Sie Ihre IT nach dem Server.',
  changed: 'Sehen Sie nach und beginnen Sie dann von vorn.',
  mismatch: 'Nehmen Sie diese Stelle zurück und geben Sie das Passwort im Programm selbst ein.',
  'client-running': 'Schließen Sie {subject}; Rekey merkt es von selbst.',
  'keyring-locked': 'Entsperren Sie den Schlüsselbund; Rekey merkt es von selbst.',
  'keyring-missing': 'Starten Sie Rekey in Ihrer Desktop-Sitzung.',
  'primary-password-needed': 'Auf der nächsten Seite können Sie es eingeben.',
  'primary-password-wrong': 'Beginnen Sie von vorn und geben Sie es noch einmal ein.',
  'access-denied': 'Prüfen Sie, wem sie gehört, und beginnen Sie dann von vorn.',
  'read-only': 'Heben Sie den Schreibschutz auf und beginnen Sie dann von vorn.',
  'disk-full': 'Schaffen Sie Platz und beginnen Sie dann von vorn.',
  'write-failed': 'Sehen Sie sich die Einzelheiten an und beginnen Sie dann von vorn.',
  'outside-home': 'Kreuzen Sie sie an, um sie dennoch zu ändern.',
  'not-checked': 'Beginnen Sie von vorn, sobald der Server antwortet.',
  'other-password': 'Gehört sie zu diesem Konto, kreuzen Sie sie an und geben Sie das alte Passwort mit.',
  'probable-only': 'Kreuzen Sie die Stelle an, wenn es so ist.',
  'shared-slot': 'Kreuzen Sie sie an, wenn beide dasselbe Passwort haben.',
  'missing-not-added': 'Kreuzen Sie sie an, speichert Rekey das Passwort dort, wo das Programm danach sucht.',
  'client-not-started':
    'Öffnen Sie es einmal, lassen Sie es ein Passwort speichern und sehen Sie dann erneut nach.',
  'cannot-verify': 'Kreuzen Sie sie an, um sie dennoch zu ändern.',
  'undo-data-unprotected': 'Vergessen Sie den Lauf im Verlauf, wenn Sie die Daten nicht mehr brauchen.',
  'unfinished-run': 'Starten Sie Rekey neu; es bietet an, ihn zu Ende zu führen oder zurückzunehmen.',
  'unlock-unused': 'Zu tun ist nichts.',
  unchecked: 'Beginnen Sie von vorn, sobald der Server erreichbar ist.',
  internal: 'Starten Sie Rekey neu; es findet, was halb getan ist. Melden Sie danach den Fehler.',
};

/** The same on the Result screen, where they differ again. */
export const dePageNextAfter: PageTexts['nextAfter'] = {
  'client-running': 'Schließen Sie {subject} und erledigen Sie dann die wartenden Stellen.',
  'keyring-locked': 'Entsperren Sie den Schlüsselbund und erledigen Sie dann die wartenden Stellen.',
  'primary-password-needed': 'Halten Sie es bereit und erledigen Sie dann die wartenden Stellen.',
  'primary-password-wrong': 'Halten Sie das richtige bereit und erledigen Sie dann die wartenden Stellen.',
  'missing-not-added':
    'Beginnen Sie von vorn und kreuzen Sie sie an, oder geben Sie das Passwort ein, wenn das Programm fragt.',
  'outside-home': 'Beginnen Sie von vorn und kreuzen Sie sie an, um sie dennoch zu ändern.',
  'probable-only': 'Beginnen Sie von vorn und kreuzen Sie sie an, wenn es so ist.',
  'shared-slot': 'Beginnen Sie von vorn und kreuzen Sie sie an, wenn beide dasselbe Passwort haben.',
  'cannot-verify': 'Beginnen Sie von vorn und kreuzen Sie sie an, um sie dennoch zu ändern.',
};
