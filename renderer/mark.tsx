import type { ReactNode } from 'react';
import type { Look, Shape } from './view/place-state.ts';

const SHAPES: Readonly<Record<Shape, ReactNode>> = {
  hollow: <circle cx="8" cy="8" r="5.25" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path className="solid" d="M8 2.75a5.25 5.25 0 0 1 0 10.5Z" />
    </>
  ),
  filled: <circle className="solid" cx="8" cy="8" r="5.25" />,
  done: (
    <>
      <circle className="solid" cx="8" cy="8" r="6.25" />
      <path className="cut" d="m5.3 8.2 1.9 1.9 3.5-3.9" />
    </>
  ),
  add: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 5.3v5.4M5.3 8h5.4" />
    </>
  ),
  alert: <path d="M8 2.2v7.3M8 12.7v.2" className="thick" />,
  cross: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="m6 6 4 4M10 6l-4 4" />
    </>
  ),
};

/** A state as shape, word and colour; any one of them tells it. */
export function Mark({ look, children }: { readonly look: Look; readonly children: ReactNode }) {
  return (
    <span className="mark" data-tone={look.tone}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        {SHAPES[look.shape]}
      </svg>
      <span className="mark-word">{children}</span>
    </span>
  );
}
