/** How much is tried, and from which seed. */
export interface Amount {
  readonly numRuns: number;
  readonly seed: number;
}

function given(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is no whole number`);
  return value;
}

/** `npm test` tries a little, always the same; `npm run fuzz` much, from the seed that it has printed. */
export const amountOf = (runs: { readonly short: number; readonly long: number }): Amount => ({
  numRuns: given('REKEY_FUZZ_RUNS') ?? (process.env['REKEY_FUZZ'] === '1' ? runs.long : runs.short),
  seed: given('REKEY_FUZZ_SEED') ?? 1,
});
