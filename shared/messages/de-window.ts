import type { WindowTexts } from './window.ts';

export const deWindow: WindowTexts = {
  view: 'Ansicht',
  stillRunning: 'Rekey aktualisiert noch Ihre Stellen.',
  stillRunningDetail:
    'Wenn Sie jetzt anhalten, wird die aktuelle Stelle fertig und der Rest bleibt, wie er ist. Der Lauf lässt sich später rückgängig machen.',
  stopAndClose: 'Anhalten und schließen',
  keepRunning: 'Weitermachen',
};
