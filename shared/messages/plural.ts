/** A text that counts something: `{n}` stands for the number. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}
