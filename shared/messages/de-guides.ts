import type { Messages } from './messages.ts';

/** German: how a person changes what Rekey cannot. */
export const deGuides: Messages['guides'] = {
  'asks-again': [
    'Öffnen Sie {program} und lassen Sie es Mails abrufen.',
    'Wenn es nach dem Passwort von {login} fragt, geben Sie das neue ein und lassen Sie es speichern.',
  ],
  chromium: [
    'Öffnen Sie {program}, gehen Sie in die Einstellungen und suchen Sie dort nach „Passwörter“.',
    'Öffnen Sie in der Liste der gespeicherten Passwörter den Eintrag für {host} mit dem Benutzernamen {login}.',
    'Tragen Sie dort das neue Passwort ein und speichern Sie es.',
  ],
  firefox: [
    'Öffnen Sie {program} und wählen Sie im Menü „Passwörter“.',
    'Suchen Sie nach {host}. Rekey sieht die Benutzernamen hier nicht: Wählen Sie die Anmeldung dieses Kontos, falls es eine gibt.',
    'Wählen Sie „Bearbeiten“, tragen Sie das neue Passwort ein und speichern Sie es.',
  ],
  'external-command': [
    'Suchen Sie in {where} den Befehl, von dem {program} das Passwort bekommt.',
    'Ändern Sie das Passwort an der Stelle, die dieser Befehl liest.',
    'Starten Sie {program} und prüfen Sie, ob die Anmeldung gelingt.',
  ],
  'first-start': [
    'Öffnen Sie {program} und geben Sie auf Nachfrage das neue Passwort ein.',
    'Lassen Sie es dort speichern; dabei legt das Programm seinen Schlüssel an.',
  ],
  mailspring: [
    'Öffnen Sie {program} und gehen Sie in den Einstellungen zu „Konten“.',
    'Wählen Sie das Konto von {login} und klicken Sie auf „Verbindungseinstellungen aktualisieren…“.',
    'Ersetzen Sie dort das alte Passwort für den Empfang und für den Versand durch das neue und fahren Sie fort, bis die Anmeldung gelungen ist.',
  ],
  'mounted-share': [
    'Die Freigabe auf {host} arbeitet mit dem Passwort weiter, mit dem sie eingehängt wurde.',
    'Hängen Sie sie aus, bevor der Server das alte Passwort zu oft als falsch zählt, und mit dem neuen wieder ein.',
    'Hängt der Computer sie von selbst ein, ändern Sie zuerst das gespeicherte Passwort.',
  ],
  'mozilla-mail': [
    'Öffnen Sie {program} und suchen Sie in den Einstellungen „Gespeicherte Passwörter“.',
    'Entfernen Sie, was dort für {host} mit dem Benutzernamen {login} gespeichert ist.',
    'Starten Sie {program} neu, geben Sie auf Nachfrage das neue Passwort ein und lassen Sie es speichern.',
  ],
  network: [
    'Öffnen Sie die Netzwerkeinstellungen Ihres Desktops und wählen Sie dieses WLAN, VPN oder Kabelnetz.',
    'Wenn dort das Passwort dieses Kontos gilt, tragen Sie unter „Sicherheit“ oder „Identität“ das neue ein.',
    'Verbinden Sie sich neu.',
  ],
  'network-folder': [
    'Trennen Sie im Dateimanager die Verbindung zu {host}, falls sie besteht.',
    'Verbinden Sie sich wieder, geben Sie auf Nachfrage das neue Passwort ein und lassen Sie es speichern.',
  ],
  'network-share': [
    'Setzen Sie in {where} das neue Passwort hinter „password=“, oder bitten Sie die Verwaltung dieses Computers darum.',
    'Hängen Sie die Freigabe danach aus und wieder ein.',
  ],
  'sealed-file': [
    'Öffnen Sie {where} mit dem Programm, das die Datei verschlüsselt hat, etwa mit Emacs.',
    'Suchen Sie die Zeilen Ihrer Mailserver. Wo das alte Passwort steht, setzen Sie das neue ein; steht es nirgends, lassen Sie die Datei, wie sie ist.',
    'Speichern Sie sie, starten Sie das Programm, das sie liest, und prüfen Sie, ob die Anmeldung gelingt.',
  ],
  'text-file': [
    'Öffnen Sie {where} in einem Texteditor.',
    'Suchen Sie die Stelle für {host} und setzen Sie das neue Passwort an die Stelle des alten.',
    'Speichern Sie die Datei, starten Sie das Programm, das sie liest, und prüfen Sie, ob die Anmeldung gelingt.',
  ],
};
