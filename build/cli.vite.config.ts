import { defineConfig } from 'vite';

/**
 * The command line as JavaScript for plain Node. Everything but the native modules is bundled, because one file to
 * read is what makes a start fast; each command and each large library stays a chunk that is loaded when it is used.
 */
export default defineConfig({
  publicDir: false,
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
        entryFileNames: 'cli.mjs',
        chunkFileNames: '[name]-[hash].mjs',
      },
    },
  },
});
