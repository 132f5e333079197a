import type { WindowTexts } from './window.ts';

export const enWindow: WindowTexts = {
  view: 'View',
  cannotStart: 'Rekey cannot start.',
  notThere: {
    home: 'The home folder {subject} is not there. Start Rekey without naming one, or name another.',
    authorities:
      'The certificates in {subject} cannot be read. Start Rekey without this file, or name another.',
  },
  stillRunning: 'Rekey is still updating your places.',
  stillRunningDetail:
    'If you stop now, the current place is finished and the rest stays as it is. You can undo the run later.',
  stopAndClose: 'Stop and close',
  keepRunning: 'Keep going',
  pageGone: 'The window stopped working several times, so Rekey closes it.',
  pageGoneDetail:
    'A run that was going on has finished its current place and left the rest alone. Start Rekey again: the history shows what was changed.',
};
