import { Dialog } from './dialog.tsx';
import { useMessages } from './speech.ts';

interface ConfirmProps {
  readonly question: string;
  readonly warning: string;
  readonly act: string;
  readonly onAct: () => void;
  readonly onClose: () => void;
}

/** Asks once before something that is hard to take back. */
export function Confirm({ question, warning, act, onAct, onClose }: ConfirmProps) {
  const { frame } = useMessages().page;
  const done = (close: () => void) => () => {
    close();
    onAct();
  };
  return (
    <Dialog
      title={question}
      onClose={onClose}
      foot={(close) => (
        <>
          <button type="button" className="button" onClick={close}>
            {frame.cancel}
          </button>
          <button type="button" className="button danger" onClick={done(close)}>
            {act}
          </button>
        </>
      )}
    >
      <p>{warning}</p>
    </Dialog>
  );
}
