import { useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { EyeIcon, EyeOffIcon } from './icons.tsx';
import { useMessages } from './speech.ts';

interface PasswordFieldProps {
  readonly id: string;
  readonly label: string;
  readonly field: RefObject<HTMLInputElement | null>;
  /** Called while typing with what the field holds; nobody keeps it. */
  readonly onType?: (value: string) => void;
  readonly required?: boolean;
  /** The id of something that was said about the last try. */
  readonly describedBy?: string;
  readonly children?: ReactNode;
}

/** A password in one uncontrolled field: React never holds its value. Reveal, paste and caps lock included. */
export function PasswordField({
  id,
  label,
  field,
  onType,
  required = false,
  describedBy = '',
  children,
}: PasswordFieldProps) {
  const { password: texts } = useMessages().page;
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className="password">
      <label htmlFor={id}>{label}</label>
      <div className="password-line">
        <input
          ref={field}
          id={id}
          className="field"
          type={shown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={4096}
          aria-required={required}
          aria-describedby={`${id}-hints ${describedBy}`}
          onKeyDown={look}
          onKeyUp={look}
          onBlur={() => setCapsLock(false)}
          onInput={(event) => onType?.(event.currentTarget.value)}
        />
        <button
          type="button"
          className="button quiet square reveal"
          aria-label={shown ? texts.hide : texts.show}
          aria-controls={id}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOffIcon /> : <EyeIcon />}
        </button>
      </div>
      <div className="hints" id={`${id}-hints`} aria-live="polite">
        {capsLock ? <p className="hint strong">{texts.capsLock}</p> : null}
        {children}
      </div>
    </div>
  );
}
