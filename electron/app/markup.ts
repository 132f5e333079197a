/** Text that is HTML already. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Value = string | number | Markup | readonly Markup[];

/** HTML from a template: every text put into it is escaped, so what a file or a server said stays text. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, index) => `${part}${spelled(values[index] ?? '')}`).join(''));
}

function spelled(value: Value): string {
  if (value instanceof Markup) return value.html;
  if (typeof value === 'object') return value.map(({ html }) => html).join('\n');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A piece that is only there where there is something to show. */
export const when = <T>(value: T | undefined, show: (value: T) => Markup): Markup =>
  value === undefined ? new Markup('') : show(value);
