import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview, type Plugin } from 'vite';

const PROJECT = path.join(import.meta.dirname, '../..');
const OUT = path.join(PROJECT, 'dist/preview');

/** Loads the double before the page. */
const double: Plugin = {
  name: 'double',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/renderer/main.tsx')
      ? `import ${JSON.stringify(path.join(import.meta.dirname, 'preview-double.ts'))};\n${code}`
      : undefined,
};

export interface Preview {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the page with the double in place of the app and serves it on loopback, on a free port. */
export async function startPreview(): Promise<Preview> {
  await build({
    configFile: false,
    root: path.join(PROJECT, 'renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [double, react()],
    build: { outDir: OUT, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 2000 },
  });
  const server = await preview({
    configFile: false,
    root: path.join(PROJECT, 'renderer'),
    logLevel: 'warn',
    build: { outDir: OUT },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview has no address');
  return { url, close: () => server.close() };
}

if (import.meta.main) console.log(`The page with its double: ${(await startPreview()).url}`);
