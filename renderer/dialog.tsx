import { useEffect, useId, useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** The buttons, the safe one first. */
  readonly foot: (close: () => void) => ReactNode;
}

/** A question or a text above the page; Escape closes it, and the focus returns to where it was. */
export function Dialog({ title, children, onClose, foot }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      <div className="dialog-foot">{foot(() => dialog.current?.close())}</div>
    </dialog>
  );
}
