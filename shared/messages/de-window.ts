import type { WindowTexts } from './window.ts';

export const deWindow: WindowTexts = {
  view: 'Ansicht',
  cannotStart: 'Rekey kann nicht starten.',
  notThere: {
    home: 'Den persönlichen Ordner {subject} gibt es nicht. Starten Sie Rekey ohne diese Angabe oder nennen Sie einen anderen.',
    authorities:
      'Die Zertifikate in {subject} lassen sich nicht lesen. Starten Sie Rekey ohne diese Datei oder nennen Sie eine andere.',
  },
  stillRunning: 'Rekey aktualisiert noch Ihre Stellen.',
  stillRunningDetail:
    'Wenn Sie jetzt anhalten, wird die aktuelle Stelle fertig und der Rest bleibt, wie er ist. Der Lauf lässt sich später rückgängig machen.',
  stopAndClose: 'Anhalten und schließen',
  keepRunning: 'Weitermachen',
  pageGone: 'Das Fenster ist mehrmals ausgefallen, deshalb schließt Rekey es.',
  pageGoneDetail:
    'Ein laufender Vorgang hat seine aktuelle Stelle fertiggestellt und den Rest gelassen, wie er war. Starten Sie Rekey neu: Der Verlauf zeigt, was geändert wurde.',
};
