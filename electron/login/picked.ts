/** The text of one field of a library's error; anything but text or a number counts as absent. */
export function picked(error: unknown, field: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, field);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** True where a library set this field to true. */
export function marked(error: unknown, field: string): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, field) === true;
}
