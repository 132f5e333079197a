import { defineConfig } from 'vite';
import { codeCache } from './code-cache.ts';
import { lazyBuiltins } from './lazy-builtins.ts';

/**
 * The command line as JavaScript for plain Node. Everything but the native modules is bundled, and each command and
 * each large library is a chunk of its own that is loaded when it is used. CommonJS, because a start then costs half:
 * importing a built-in module (`node:process`, `node:crypto`) from an ES module evaluates each of its exports and so
 * loads sockets, TLS and worker threads that no scan needs.
 */
export default defineConfig({
  publicDir: false,
  plugins: [lazyBuiltins(), codeCache()],
  ssr: { noExternal: true, external: ['keytar', 'koffi'], target: 'node' },
  build: {
    ssr: 'electron/cli.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node22',
    sourcemap: false,
    minify: false,
    rolldownOptions: {
      external: [/^node:/, 'keytar', 'koffi'],
      output: {
        format: 'cjs',
        // The bin loads the chunks, and what it loads has no `import()`.
        dynamicImportInCjs: false,
        // Of the comments only the licences of others: every start reads the code as text.
        comments: { legal: true, annotation: false, jsdoc: false },
        entryFileNames: 'cli.cjs',
        chunkFileNames: '[name]-[hash].cjs',
      },
    },
  },
});
