import type { Plugin } from 'vite';

const STATEMENT = /^let (node_\w+(?:\$\d+)?) = require\("(node:[\w/]+)"\);\n/gm;

/**
 * Moves `require("node:...")` from the top of a CommonJS chunk to where the module is used. Loading `node:crypto`,
 * `node:tls` and `node:child_process` takes longer than a whole scan, and a call that does not need them should not
 * wait for them. Works on what the bundler writes: one `let` per module and nothing but member accesses.
 */
export const lazyBuiltins = (): Plugin => ({
  name: 'lazy-builtins',
  renderChunk(code) {
    let lazy = code;
    for (const [statement, name = '', module] of code.matchAll(STATEMENT)) {
      const escaped = name.replace('$', String.raw`\$`);
      const toEsm = new RegExp(String.raw`^${escaped} = [\w.]*__toESM\(${escaped}(?:, \d)?\);\n`, 'm');
      // In parentheses, so that `new dns.Resolver()` still makes a Resolver.
      const required = () => `(require("${module}"))`;
      lazy = lazy
        .replace(statement, '')
        .replace(toEsm, '')
        .replace(new RegExp(String.raw`\b${escaped}(?:\.default)?(?![\w$])`, 'g'), required);
    }
    return { code: lazy, map: null };
  },
});
