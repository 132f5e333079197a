/** Writes what structured cloning would carry as text, and back. */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Values as they cross between two processes. The platform's own `structuredClone` decides what may cross (functions
 * throw, prototypes are dropped); this only writes its result down: trees of plain data, dates, maps, sets, big
 * integers, bytes and errors. What it cannot write throws, as Electron does for what it cannot clone.
 * The function's source also runs inside the page's isolated world, so it uses nothing from outside itself.
 */
export function makeCodec(): Codec {
  const refusal = (): Error => new Error('An object could not be cloned.');
  const isRecord = (value: object): value is Record<string, unknown> =>
    Object.getPrototypeOf(value) === Object.prototype;

  function down(value: unknown, depth: number): unknown {
    if (depth > 500) throw refusal();
    const inner = (each: unknown): unknown => down(each, depth + 1);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : `${value}`];
    }
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', value.toString()];
    if (Array.isArray(value)) return ['array', Array.from(value, inner)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].flat().map(inner)];
    if (value instanceof Set) return ['set', [...value].map(inner)];
    if (value instanceof Error) return ['error', value.name, value.message];
    if (value instanceof Uint8Array) return ['bytes', [...value]];
    if (typeof value !== 'object' || !isRecord(value)) throw refusal();
    return ['object', Object.entries(value).map(([key, each]) => [key, inner(each)])];
  }

  const isPair = (value: unknown): value is [string, unknown] =>
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const pairs = (value: readonly unknown[]): [unknown, unknown][] =>
    value.flatMap((each, index) => (index % 2 === 0 ? [[each, value[index + 1]]] : []));

  function up(value: unknown): unknown {
    if (!Array.isArray(value)) return value;
    const [kind, first, second] = value;
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(String(first));
      case 'array':
        return list(first).map(up);
      case 'date':
        return new Date(first === null ? NaN : Number(first));
      case 'map':
        return new Map(pairs(list(first).map(up)));
      case 'set':
        return new Set(list(first).map(up));
      case 'error':
        return Object.assign(new Error(String(second)), { name: String(first) });
      case 'bytes':
        return Uint8Array.from(list(first), Number);
      default:
        // fromEntries defines a key named __proto__ instead of setting the prototype
        return Object.fromEntries(
          list(first)
            .filter(isPair)
            .map(([key, each]) => [key, up(each)]),
        );
    }
  }

  return {
    encode(value) {
      let clone: unknown;
      try {
        clone = structuredClone(value);
      } catch {
        throw refusal();
      }
      return JSON.stringify(down(clone, 0));
    },
    decode: (text) => up(JSON.parse(text)),
  };
}
