import type { Messages } from './messages.ts';

/** German: one sentence and one next step for every Problem. */
export const deProblems: Messages['problems'] = {
  usage: {
    sentence: 'Dieser Aufruf ist nicht zu verstehen.',
    next: 'rekey --help zeigt, was möglich ist.',
  },
  'password-unusable': {
    sentence:
      'Dieses Passwort enthält einen Zeilenumbruch, ein NUL-Zeichen oder Bytes, die kein UTF-8 sind. Es wurde nichts geändert.',
    next: 'Geben Sie das Passwort ohne sie ein.',
  },
  'manifest-invalid': {
    sentence: 'Das Manifest ist nicht gültig, siehe {subject}. Es wurde nichts geändert.',
    unnamed: 'die JSON-Syntax',
    next: 'Berichtigen Sie es und starten Sie Rekey erneut.',
  },
  'account-unknown': {
    sentence: 'Auf diesem Rechner ist nichts für {subject} eingerichtet.',
    unnamed: 'dieses Konto',
    next: 'Prüfen Sie die Schreibweise; rekey scan nennt die gefundenen Konten.',
  },
  'run-unknown': {
    sentence: 'Einen solchen Lauf bewahrt Rekey nicht auf.',
    next: 'rekey history zeigt die aufbewahrten Läufe.',
  },
  'no-terminal': {
    sentence: 'Rekey muss nach dem Passwort fragen, hat dafür aber kein Terminal.',
    next: 'Übergeben Sie es mit --password-stdin, --password-fd oder --manifest -.',
  },
  'already-stored': {
    sentence:
      'Dieses Passwort ist hier schon gespeichert ({detail} von {detail}). Es wurde kein Server gefragt.',
    undetailed: 'alle',
    next: 'Wenn Sie es gerade zurückgesetzt haben, ist dies das alte: Geben Sie das neue ein.',
  },
  'foreign-home': {
    sentence: '{subject} gehört einem anderen Benutzer, daher wurde dort nichts gelesen.',
    unnamed: 'der persönliche Ordner',
    next: 'Starten Sie Rekey als der Benutzer, dem er gehört.',
  },
  'saving-forbidden': {
    sentence: 'Ihre Organisation erlaubt nicht, dass {subject} Passwörter speichert.',
    unnamed: 'dieses Programm',
    next: 'Geben Sie das Passwort dort bei der Abfrage ein oder sprechen Sie mit Ihrer IT.',
  },
  'run-active': {
    sentence: 'Auf diesem Rechner arbeitet gerade ein anderer Lauf von Rekey.',
    next: 'Warten Sie, bis er fertig ist, und starten Sie Rekey dann erneut.',
  },
  cancelled: {
    sentence: 'Sie haben abgebrochen. Was noch nicht an der Reihe war, ist wie zuvor.',
    next: 'Starten Sie Rekey erneut, wenn Sie so weit sind.',
  },

  rejected: {
    sentence: 'Der Server hat diesen Namen mit diesem Passwort nicht angenommen.',
    next: 'Geben Sie es noch einmal ein; prüfen Sie Feststelltaste und Tastaturbelegung und ob Sie genau dieses Konto zurückgesetzt haben.',
  },
  'rejected-no-reason': {
    sentence:
      'Der Server lehnt ab und sagt nicht, warum: falsches Passwort, gesperrtes Konto oder Mailprogramme nicht erlaubt.',
    next: 'Melden Sie sich einmal im Browser am Webmail an; gelingt das, lassen Sie Mailprogramme von Ihrer IT freischalten.',
  },
  expired: {
    sentence: 'Das Passwort stimmt, ist aber abgelaufen.',
    next: 'Melden Sie sich am Webmail an, setzen Sie ein neues Passwort und starten Sie Rekey mit diesem.',
  },
  'must-change': {
    sentence: 'Das Passwort stimmt, muss aber zuerst geändert werden.',
    next: 'Melden Sie sich am Webmail an, setzen Sie das endgültige Passwort und starten Sie Rekey mit diesem.',
  },
  'sending-refused': {
    sentence: 'Zum Lesen gilt dieses Passwort, zum Senden hat der Server es abgelehnt.',
    next: 'Fragen Sie Ihre IT, ob zum Senden ein anderer Name oder ein anderes Passwort gehört.',
  },
  'account-blocked': {
    sentence: 'Dieses Konto ist gesperrt, daher versucht Rekey es nicht weiter.',
    next: 'Warten Sie oder lassen Sie es von Ihrer IT entsperren.',
  },
  'attempts-used-up': {
    sentence: 'Zuletzt wurden zu viele Versuche abgelehnt; ein weiterer könnte das Konto sperren.',
    next: 'Starten Sie Rekey in {detail} erneut.',
    undetailed: 'einer halben Stunde',
  },
  'basic-auth-disabled': {
    sentence: 'Dieser Anbieter nimmt von Mailprogrammen keine Passwörter mehr an.',
    next: 'Es gibt nichts zu speichern: Öffnen Sie das Mailprogramm, es bittet Sie um die Anmeldung.',
  },
  'smtp-auth-disabled': {
    sentence: 'Senden mit Passwort hat Ihre Organisation abgeschaltet.',
    next: 'Fragen Sie Ihre IT, wie Mailprogramme senden sollen.',
  },
  'app-password-required': {
    sentence:
      'Dieser Anbieter verlangt ein App-Passwort statt des Kontopassworts; alte App-Passwörter gelten seit dem Zurücksetzen nicht mehr.',
    next: 'Erzeugen Sie auf den Seiten des Anbieters ein App-Passwort und starten Sie Rekey damit.',
  },
  'web-login-required': {
    sentence: 'Der Anbieter möchte, dass Sie die Anmeldung im Browser bestätigen.',
    next: 'Melden Sie sich am Webmail an und starten Sie Rekey dann erneut.',
  },
  'protocol-disabled': {
    sentence: 'Für dieses Postfach sind Mailprogramme abgeschaltet, oder sie könnten es sein.',
    next: 'Schalten Sie IMAP oder POP3 in den Einstellungen des Webmail ein und starten Sie Rekey dann erneut.',
  },
  'no-mechanism': {
    sentence:
      'Der Server bietet keine sichere Anmeldung, die Rekey kennt. Das Passwort wurde nicht gesendet.',
    next: 'Fragen Sie Ihre IT, wie sich Mailprogramme anmelden sollen.',
  },
  oauth: {
    sentence: '{subject} meldet sich ohne gespeichertes Passwort an, es gibt also nichts zu ändern.',
    unnamed: 'dieses Programm',
    next: 'Öffnen Sie es und melden Sie sich neu an, wenn es danach fragt.',
  },
  'server-busy': {
    sentence: 'Der Server ist ausgelastet; das Passwort wurde nicht beurteilt.',
    next: 'Schließen Sie andere Mailprogramme, warten Sie einige Minuten und starten Sie Rekey erneut.',
  },
  'mailbox-unavailable': {
    sentence: 'Das Passwort stimmt, aber das Postfach lässt sich nicht öffnen.',
    next: 'Sagen Sie Ihrer IT Bescheid.',
  },
  unreachable: {
    sentence: 'Unter {subject} antwortet kein Mailserver.',
    unnamed: 'seiner Adresse',
    next: 'Prüfen Sie Netz, VPN und den Namen des Servers und starten Sie Rekey dann erneut.',
  },
  'not-a-mail-server': {
    sentence:
      'Unter {subject} antwortet kein Mailserver, sondern etwas anderes. Das Passwort wurde nicht gesendet.',
    unnamed: 'dieser Adresse',
    next: 'Prüfen Sie Namen und Port des Servers.',
  },
  'untrusted-certificate': {
    sentence: 'Der Verbindung zu {subject} ist nicht zu trauen. Das Passwort wurde nicht gesendet.',
    unnamed: 'diesem Server',
    next: 'Fragen Sie Ihre IT nach dem Zertifikat; --ca DATEI nimmt die Zertifizierungsstelle Ihrer Organisation hinzu.',
  },
  'tls-missing': {
    sentence: '{subject} bietet keine verschlüsselte Verbindung. Das Passwort wurde nicht gesendet.',
    unnamed: 'der Server',
    next: 'Fragen Sie Ihre IT nach dem verschlüsselten Port.',
  },
  'not-proven': {
    sentence: 'Der Server hat Rekey eingelassen, ohne das Passwort zu beurteilen; das beweist nichts.',
    next: 'Nennen Sie mit --imap oder --smtp einen Server, der nach dem Passwort fragt.',
  },
  'outcome-unknown': {
    sentence: 'Nach dem Senden des Passworts kam keine Antwort; das zählt als ein Versuch.',
    next: 'Warten Sie einige Minuten und starten Sie Rekey dann erneut.',
  },
  'no-server-known': {
    sentence: 'Für dieses Konto ist kein Mailserver bekannt, das Passwort lässt sich also nicht prüfen.',
    next: 'Nennen Sie einen mit --imap HOST:PORT oder --smtp HOST:PORT.',
  },

  'format-cannot-hold': {
    sentence: 'Im Format dieser Stelle lässt sich dieses Passwort nicht schreiben.',
    next: 'Wählen Sie ein Passwort ohne Leer- und Anführungszeichen und ohne Backslash, oder lassen Sie das Programm danach fragen.',
  },
  unsupported: {
    sentence: 'Rekey versteht nicht, wie das Passwort hier abgelegt ist.',
    next: 'Geben Sie das neue Passwort im Programm selbst ein.',
  },
  changed: {
    sentence: 'Etwas anderes hat diese Stelle inzwischen geändert, sie blieb daher, wie sie ist.',
    next: 'Sehen Sie nach und starten Sie Rekey dann erneut.',
  },
  mismatch: {
    sentence: 'Beim Nachlesen stand dort etwas anderes, als geschrieben wurde.',
    next: 'Nehmen Sie diese Stelle mit rekey undo zurück und geben Sie das Passwort im Programm selbst ein.',
  },
  'client-running': {
    sentence: '{subject} ist geöffnet und würde die Änderung überschreiben.',
    unnamed: 'das Programm',
    next: 'Schließen Sie {subject} und starten Sie Rekey dann erneut.',
  },
  'keyring-locked': {
    sentence: 'Der Schlüsselbund ist gesperrt.',
    next: 'Entsperren Sie den Schlüsselbund und starten Sie Rekey dann erneut.',
  },
  'keyring-missing': {
    sentence: 'In dieser Sitzung antwortet kein Schlüsselbund.',
    next: 'Starten Sie Rekey in Ihrer Desktop-Sitzung.',
  },
  'primary-password-needed': {
    sentence: 'Ein Hauptpasswort schützt {subject}.',
    unnamed: 'diese Stelle',
    next: 'Starten Sie Rekey erneut mit --unlock und dem Ordner des Profils.',
  },
  'primary-password-wrong': {
    sentence: 'Das Hauptpasswort für {subject} ist nicht das richtige. Dort wurde nichts geändert.',
    unnamed: 'diese Stelle',
    next: 'Starten Sie Rekey erneut und geben Sie es noch einmal ein.',
  },
  'access-denied': {
    sentence: '{subject} lässt sich mit Ihren Rechten nicht öffnen.',
    unnamed: 'diese Stelle',
    next: 'Prüfen Sie, wem sie gehört, und starten Sie Rekey dann erneut.',
  },
  'read-only': {
    sentence: '{subject} ist schreibgeschützt.',
    unnamed: 'diese Stelle',
    next: 'Heben Sie den Schreibschutz auf und starten Sie Rekey dann erneut.',
  },
  'disk-full': {
    sentence: 'Der Datenträger ist voll. Diese Stelle ist wie zuvor.',
    next: 'Schaffen Sie Platz und starten Sie Rekey dann erneut.',
  },
  'write-failed': {
    sentence: '{subject} ließ sich nicht schreiben und ist wie zuvor.',
    unnamed: 'diese Stelle',
    next: 'Sehen Sie sich die Einzelheiten an und starten Sie Rekey dann erneut.',
  },
  'outside-home': {
    sentence: 'Diese Datei liegt außerhalb des persönlichen Ordners und bleibt daher, wie sie ist.',
    next: 'Nennen Sie sie mit --only, um sie dennoch zu ändern.',
  },
  'not-checked': {
    sentence: 'Der Server dieser Stelle hat das Passwort nicht bestätigt, sie blieb daher, wie sie war.',
    next: 'Starten Sie Rekey erneut, sobald der Server antwortet.',
  },
  'other-password': {
    sentence: 'Hier stand ein anderes Passwort, die Stelle blieb daher, wie sie war.',
    next: 'Nennen Sie sie mit --only, wenn sie zu diesem Konto gehört.',
  },
  'probable-only': {
    sentence: 'Das ist wahrscheinlich, aber nicht sicher dasselbe Konto.',
    next: 'Nennen Sie die Stelle mit --only, wenn es so ist.',
  },
  'shared-slot': {
    sentence: '{subject} verwendet diese Stelle ebenfalls.',
    unnamed: 'ein anderes Konto',
    next: 'Nennen Sie sie mit --only, wenn beide dasselbe Passwort haben.',
  },
  'missing-not-added': {
    sentence: 'Das Programm ist eingerichtet, hier ist aber kein Passwort gespeichert.',
    next: 'Mit --add-missing speichert Rekey es dort, wo das Programm danach sucht.',
  },
  'left-out': { sentence: 'Sie haben diese Stelle ausgelassen.' },
  'client-not-started': {
    sentence: 'Das Programm hat den Schlüssel noch nicht angelegt, mit dem es Passwörter verschlüsselt.',
    next: 'Öffnen Sie es einmal und lassen Sie es ein Passwort speichern; starten Sie Rekey danach erneut.',
  },
  'external-command': {
    sentence: 'Das Programm holt das Passwort mit einem von Ihnen gewählten Befehl.',
    next: 'Ändern Sie das Passwort dort, wo dieser Befehl es hernimmt.',
  },
  'by-hand': {
    sentence: 'Diese Kopie kann Rekey nicht ändern.',
    next: 'Ändern Sie sie von Hand, wenn es dieses Passwort ist.',
  },
  'cannot-verify': {
    sentence:
      'Diese Stelle lässt sich nicht nachlesen; eine Änderung wäre weder zu prüfen noch zurückzunehmen.',
    next: 'Nennen Sie sie mit --only, um sie dennoch zu ändern.',
  },
  'client-cannot-send': {
    sentence: '{subject} hat das neue Passwort, kann sich aber nur mit Zeichen aus ASCII anmelden.',
    unnamed: 'Ein Programm',
    next: 'Wenn die Anmeldung scheitert, wählen Sie ein Passwort ohne Umlaute und Akzente oder ein anderes Programm.',
  },
  'readable-by-others': {
    sentence: 'Andere Benutzer dieses Rechners können {subject} lesen.',
    unnamed: 'diese Datei',
    next: 'Nehmen Sie ihnen das Recht mit chmod 600.',
  },
  'hard-linked': {
    sentence: '{subject} hat mehr als einen Namen und wird daher an Ort und Stelle geschrieben.',
    unnamed: 'diese Datei',
  },
  'tracked-by-git': {
    sentence: '{subject} liegt in einem Git-Repository, und damit auch das Passwort.',
    unnamed: 'diese Datei',
    next: 'Prüfen Sie, dass dieses Repository nirgendwohin übertragen wird.',
  },
  'sealed-in-git': {
    sentence: '{subject} liegt verschlüsselt in einem Git-Repository, das die Änderung noch nicht kennt.',
    unnamed: 'diese Datei',
    next: 'Committen Sie die Änderung dort selbst, in einem Passwortspeicher mit „pass git commit -a“.',
  },
  'refresh-failed': {
    sentence: '{subject} hat von der Änderung nichts erfahren.',
    unnamed: 'das Programm',
    next: 'Starten Sie das Programm neu, das diese Stelle verwendet.',
  },
  'restart-needed': {
    sentence: '{subject} ist geöffnet und arbeitet mit dem Passwort weiter, das es beim Start gelesen hat.',
    unnamed: 'Ein Programm',
    next: 'Schließen Sie {subject} und öffnen Sie es wieder.',
  },
  'service-running': {
    sentence: '{subject} läuft im Hintergrund mit dem Passwort weiter, das zuvor gelesen wurde.',
    unnamed: 'Ein Dienst Ihres Desktops',
    next: 'Melden Sie sich vom Desktop ab und wieder an.',
  },
  'undo-data-unprotected': {
    sentence: 'Die Daten zum Zurücknehmen schützen nur die Dateirechte, so wie die Stellen selbst.',
    next: 'Löschen Sie sie mit rekey history --forget LAUF, wenn Sie sie nicht mehr brauchen.',
  },
  'undo-impossible': {
    sentence: 'Diese Stelle lässt sich nicht zurückholen.',
    next: 'Geben Sie das gewünschte Passwort im Programm selbst ein.',
  },
  'unfinished-run': {
    sentence: 'Ein früherer Lauf wurde unterbrochen und ist nicht zu Ende.',
    next: 'rekey recover führt ihn zu Ende, rekey recover --back nimmt ihn zurück.',
  },
  'unlock-unused': {
    sentence: 'Keine Stelle dieses Kontos braucht das Hauptpasswort, das für {subject} angegeben ist.',
    unnamed: 'ein Profil',
    next: 'Nennen Sie Profil oder Datei mit dem ganzen Pfad.',
  },
  unchecked: {
    sentence: 'Es wurde kein Server gefragt: Das Passwort wurde ungeprüft gespeichert.',
    next: 'Starten Sie rekey check, sobald der Server erreichbar ist.',
  },

  'message-not-possible': {
    sentence:
      'Es ging keine Testnachricht ab: Für dieses Konto ist kein Server zum Senden bekannt oder keine Adresse.',
    next: 'Schreiben Sie sich selbst eine Nachricht in einem Ihrer Programme.',
  },
  'message-refused': {
    sentence: '{subject} hat das Passwort angenommen, aber nicht die Testnachricht.',
    unnamed: 'der Server',
    next: 'Schreiben Sie sich in einem Ihrer Programme. Wird auch das abgelehnt, fragen Sie Ihren Administrator.',
  },
  'message-too-large': {
    sentence: '{subject} nimmt nicht einmal eine Nachricht dieser Größe an.',
    unnamed: 'der Server',
    next: 'Fragen Sie Ihren Administrator, ob dieses Konto senden darf.',
  },
  'mailbox-full': {
    sentence: 'Das Postfach ist voll, darum hat {subject} die Testnachricht nicht angenommen.',
    unnamed: 'der Server',
    next: 'Löschen Sie, was Sie nicht mehr brauchen, und schreiben Sie sich dann eine Nachricht.',
  },
  'message-late': {
    sentence: 'Die Testnachricht ist gesendet und war nach {detail} s noch nicht im Posteingang.',
    undetailed: '60',
    next: 'Schauen Sie in einigen Minuten in den Posteingang und in den Ordner für unerwünschte Post.',
  },
  'message-cancelled': {
    sentence: 'Sie haben abgebrochen, bevor die Testnachricht gesendet war.',
  },

  internal: {
    sentence: 'Das ist ein Fehler in Rekey.',
    next: 'Starten Sie rekey recover, damit nichts halb getan bleibt, und melden Sie den Fehler.',
  },
};
