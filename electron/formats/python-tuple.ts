/** Plain string literals only: a backslash or a prefix would have to be evaluated. */
const ITEM = /[ \t\n]*(?:"([^"\\\n]*)"|'([^'\\\n]*)')[ \t\n]*(,|$)/y;

/** The strings of a Python tuple such as `("pass", "show", "mail")`; undefined for anything but plain literals. */
export function pythonStrings(text: string): readonly string[] | undefined {
  const inner = /^\((.*)\)$/s.exec(text.trim())?.[1]?.trim();
  if (inner === undefined || !/,/.test(inner)) return undefined;
  const strings: string[] = [];
  for (let at = 0; at < inner.length;) {
    ITEM.lastIndex = at;
    const found = ITEM.exec(inner);
    if (!found) return undefined;
    strings.push(found[1] ?? found[2] ?? '');
    at = ITEM.lastIndex;
  }
  return strings.length > 0 ? strings : undefined;
}
