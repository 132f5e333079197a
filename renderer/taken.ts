/** What a field holds; the field is empty afterwards. */
export function taken(field: HTMLInputElement | null): string {
  if (!field) return '';
  const { value } = field;
  field.value = '';
  return value;
}

/** What the fields hold by the profile or file that each opens, without the empty ones; all are empty afterwards. */
export const takenAll = (fields: ReadonlyMap<string, HTMLInputElement>): Record<string, string> =>
  Object.fromEntries(
    [...fields].map(([lock, field]) => [lock, taken(field)] as const).filter(([, value]) => value !== ''),
  );
