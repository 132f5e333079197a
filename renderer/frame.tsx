import { useEffect, useRef, type ReactNode } from 'react';

interface FrameProps {
  readonly heading: string;
  readonly help?: ReactNode;
  readonly children: ReactNode;
  /** Back on the left, the one primary button on the right. */
  readonly foot?: ReactNode;
  /** False where a field takes the focus itself. */
  readonly focusHeading?: boolean;
}

/** One screen: heading, help, content and foot. The heading takes the focus, so that a change of screen is heard. */
export function Frame({ heading, help, children, foot, focusHeading = true }: FrameProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusHeading) title.current?.focus();
    title.current?.closest('main')?.scrollTo(0, 0);
  }, [focusHeading]);
  return (
    <>
      <main>
        <div className="page">
          <h1 ref={title} tabIndex={-1}>
            {heading}
          </h1>
          {help === undefined ? null : <div className="help">{help}</div>}
          {children}
        </div>
      </main>
      {foot === undefined ? null : (
        <footer>
          <div className="foot">{foot}</div>
        </footer>
      )}
    </>
  );
}
