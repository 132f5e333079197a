import { isBuiltin } from 'node:module';

/** `require("x")`, `import("x")`, and `createRequire(...)("x")`, as the bundler writes them. */
const CALLED = /\b(?:require|import)\("([^".][^"]*)"\)|createRequire\)\(.*?\)\("([^"]+)"\)/g;

/** The packages that a bundled chunk asks for when it runs: neither Node's modules nor chunks beside it. */
export const externalsOf = (chunk: string): readonly string[] =>
  [...chunk.matchAll(CALLED)]
    .flatMap(([, named, late]) => [named ?? late ?? ''])
    .filter((name) => !isBuiltin(name));
