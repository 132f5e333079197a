import { useEffect, useRef } from 'react';
import { fill } from '../shared/messages/explain.ts';
import { PasswordField } from './password-field.tsx';
import { useMessages } from './speech.ts';
import { shortened } from './view/words.ts';

/** A field for each profile or file whose own password can be given; nothing where there is none. */
export function UnlockFields({
  locks,
  fields,
  help,
}: {
  readonly locks: readonly string[];
  readonly fields: Map<string, HTMLInputElement>;
  /** What they are asked for, where that is not to store a password. */
  readonly help?: string;
}) {
  const { password: texts } = useMessages().page;
  if (locks.length === 0) return null;
  return (
    <fieldset className="part">
      <legend>{texts.unlock}</legend>
      <p className="small">{help ?? texts.unlockHelp}</p>
      {locks.map((lock) => (
        <UnlockField key={lock} lock={lock} fields={fields} />
      ))}
    </fieldset>
  );
}

interface UnlockFieldProps {
  readonly lock: string;
  readonly fields: Map<string, HTMLInputElement>;
}

function UnlockField({ lock, fields }: UnlockFieldProps) {
  const { password: texts } = useMessages().page;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) fields.set(lock, field.current);
    return () => void fields.delete(lock);
  }, [lock, fields]);
  return (
    <PasswordField
      id={`unlock-${lock}`}
      label={fill(texts.unlockLabel, { subject: shortened(lock, 40) })}
      field={field}
    />
  );
}
