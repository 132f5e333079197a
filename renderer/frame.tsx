import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { StepsBar } from './steps-bar.tsx';

interface FrameProps {
  readonly heading: string;
  readonly help?: ReactNode;
  readonly children: ReactNode;
  /** Back on the left, the one primary button on the right. */
  readonly foot: ReactNode;
  /** False where a field takes the focus itself. */
  readonly focusHeading?: boolean;
  /** True where the content holds no control: the keyboard scrolls it by itself then. */
  readonly onlyText?: boolean;
}

/** One screen: steps, heading, help, content and foot. The heading takes the focus, so that a change is heard. */
export function Frame({ heading, help, children, foot, focusHeading = true, onlyText = false }: FrameProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusHeading) title.current?.focus();
  }, [focusHeading]);
  return (
    <>
      <div className="scroll" {...(onlyText ? { tabIndex: 0 } : {})}>
        <StepsBar />
        <main>
          <div className="page">
            <h1 ref={title} tabIndex={-1}>
              <Sentences text={heading} />
            </h1>
            {help === undefined ? null : <div className="help">{help}</div>}
            {children}
          </div>
        </main>
      </div>
      <footer>
        <div className="foot">{foot}</div>
      </footer>
    </>
  );
}

/** Keeps each sentence on a line of its own where it fits. */
const Sentences = ({ text }: { readonly text: string }) =>
  text.split(/(?<=\.) /).map((sentence) => (
    <Fragment key={sentence}>
      <span className="sentence">{sentence}</span>{' '}
    </Fragment>
  ));
