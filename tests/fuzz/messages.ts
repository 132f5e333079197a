import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { z } from 'zod';
import { CALLS, type CallName } from '../../shared/contract.ts';
import { STRANGERS } from '../doubles/inbox.ts';
import { hostile, hostileKey } from './hostile.ts';

export const NAMES = Object.keys(CALLS).filter((name): name is CallName => Object.hasOwn(CALLS, name));

/** Texts for the fields of the contract, by the field's name; what is not named gets any text. */
export type Words = Readonly<Record<string, fc.Arbitrary<string>>>;

/** One message to main: on a channel, from our page or from a stranger, with any arguments. */
export interface Message {
  readonly channel: string;
  /** A position in `STRANGERS`. */
  readonly stranger?: number;
  readonly args: readonly unknown[];
}

/** Texts that are good in form, and an insult to whatever reads them as a path, a key or a name. */
export const oddWord = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '../../home',
    '/',
    '/etc/passwd',
    '__proto__',
    'constructor',
    'recover',
    'NUL\0',
    'line\nbreak',
    '\ud800',
    '\u202ecod.exe',
    '%2e%2e%2f',
    'C:\\Windows',
    'x'.repeat(200),
    'x'.repeat(4096),
    'x'.repeat(4097),
    '@',
    'a@b@c',
    '*',
    '%s%n',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Values that are of the schema, or nearly: texts may be too long or too short for it. */
export function wellFormed(schema: z.ZodType, words: Words, field = ''): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional) return wellFormed(asType(schema.unwrap()), words, field);
  if (schema instanceof z.ZodObject) return objectOf(schema, words);
  if (schema instanceof z.ZodArray) {
    return fc.array(wellFormed(asType(schema.element), words, field), { maxLength: 4 });
  }
  if (schema instanceof z.ZodRecord) {
    const value = wellFormed(asType(schema.valueType), words, field);
    return fc.dictionary(fc.oneof(oddWord, hostileKey), value, { maxKeys: 3 });
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom<unknown>(...schema.options);
  if (schema instanceof z.ZodString) return words[field] ?? oddWord;
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return fc.oneof(fc.nat(9), fc.integer());
  throw new Error(`the contract has a kind of field that the fuzz cannot make: ${schema.type}`);
}

function objectOf(schema: z.ZodObject, words: Words): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, asType(field)] as const);
  const made = fields.map(([name, field]) => [name, wellFormed(field, words, name)] as const);
  const requiredKeys = fields
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([name]) => name);
  return fc.record(Object.fromEntries(made), { requiredKeys });
}

function asType(schema: unknown): z.ZodType {
  if (schema instanceof z.ZodType) return schema;
  throw new Error('not a schema');
}

type Holder = Record<string, unknown> | unknown[];

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Every object and list inside a good request, the outermost first. */
const holdersIn = (value: unknown): readonly Holder[] =>
  isHolder(value) ? [value, ...Object.values(value).flatMap(holdersIn)] : [];

type Spoil = (holder: Holder, at: string) => void;

/** Sets a field as its own, whatever it is called. */
function set(holder: Holder, at: string, value: unknown): void {
  if (Array.isArray(holder) && at === 'length') return;
  Object.defineProperty(holder, at, { value, enumerable: true, configurable: true, writable: true });
}

/** What can be done to one field of a request. */
const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  hostile.map(
    (value): Spoil =>
      (holder, at) =>
        set(holder, at, value),
  ),
  fc.constant<Spoil>((holder, at) => void Reflect.deleteProperty(holder, at)),
  fc.tuple(hostileKey, hostile).map(
    ([key, value]): Spoil =>
      (holder) =>
        set(holder, key, value),
  ),
  fc.constant<Spoil>((holder, at) => set(holder, at, [Reflect.get(holder, at)])),
  fc.constant<Spoil>((holder, at) => set(holder, at, holder)),
);

/** A good request with something done to one field, wherever in it. */
function spoilt(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(good, spoil, fc.nat(), fc.nat()).map(([whole, change, which, where]) => {
    // fast-check gives the same object again while it looks for a smaller case
    const request = structuredClone(whole);
    const holders = holdersIn(request);
    const holder = holders[which % holders.length];
    if (holder === undefined) return request;
    const keys = Object.keys(holder);
    change(holder, keys[where % keys.length] ?? '0');
    return request;
  });
}

function argumentsFor(name: CallName, words: Words): fc.Arbitrary<readonly unknown[]> {
  const good = wellFormed(CALLS[name].request, words);
  const one = (request: unknown): readonly unknown[] => [request];
  return fc.oneof(
    { weight: 2, arbitrary: good.map(one) },
    { weight: 10, arbitrary: spoilt(good).map(one) },
    { weight: 3, arbitrary: hostile.map(one) },
    { weight: 1, arbitrary: fc.tuple(good, hostile) },
    { weight: 1, arbitrary: fc.constant([]) },
  );
}

/** How a message is shown where it was the one that failed: fast-check would print all of a megabyte. */
const showable = (message: Message): Message =>
  Object.defineProperty({ ...message }, fc.toStringMethod, {
    value: () => inspect(message, { depth: 5, maxStringLength: 80, maxArrayLength: 5 }),
  });

/** Messages on every channel of the contract, a few on channels that are not, a few from strangers. */
export function messages(words: Words): fc.Arbitrary<Message> {
  const ours = fc
    .constantFrom(...NAMES)
    .chain((channel) => argumentsFor(channel, words).map((args): Message => ({ channel, args })));
  const foreign = fc
    .tuple(ours, fc.nat({ max: STRANGERS.length - 1 }))
    .map(([message, stranger]): Message => ({ ...message, stranger }));
  const astray = fc
    .tuple(
      ours,
      fc.oneof(hostileKey, fc.constantFrom('Scan', 'scan ', 'progress', 'ELECTRON_BROWSER_REQUIRE')),
    )
    .map(([message, channel]): Message => ({ ...message, channel }));
  return fc.oneof({ weight: 12, arbitrary: ours }, { weight: 2, arbitrary: foreign }, astray).map(showable);
}
