import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const at = (file: string): string => path.join(root, file);

/** One CommonJS file per name; a sandboxed preload can be nothing else. */
const commonJs = (name: string) => ({
  input: { [name]: at(`electron/${name}.ts`) },
  output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
});

/**
 * The app in three parts: main, preload and page. Everything but Electron, the native modules and tldts, which is
 * loaded late, is bundled, so a package holds no node_modules besides those (`build/package/files.ts`).
 */
export default defineConfig({
  main: {
    root,
    build: {
      outDir: at('dist/app/main'),
      externalizeDeps: false,
      rolldownOptions: { ...commonJs('main'), external: ['electron', /^node:/, 'keytar', 'koffi'] },
    },
  },
  preload: {
    root,
    build: { outDir: at('dist/app/preload'), externalizeDeps: false, rolldownOptions: commonJs('preload') },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('dist/app/renderer'),
      emptyOutDir: true,
      minify: true,
      // no data: addresses, which the content security policy refuses
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // the dictionaries of the strength advice are fetched when a password is typed, never with the page
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
