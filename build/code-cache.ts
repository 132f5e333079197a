import Module from 'node:module';
import v8 from 'node:v8';
import { Script } from 'node:vm';
import type { Plugin } from 'vite';

/**
 * Leaves V8's compiled code beside each chunk, for `build/bin/rekey.cjs`. Node's own compile cache keeps only what V8
 * compiled before a chunk first ran; compiling the rest again, function by function, took a third of a scan.
 */
export const codeCache = (): Plugin => ({
  name: 'code-cache',
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      this.emitFile({ type: 'asset', fileName: `${output.fileName}.cache`, source: compiled(output.code) });
    }
  },
});

/** V8 takes compiled code only under the flags it was made with, so they are put back before it is made. */
function compiled(code: string): Buffer {
  v8.setFlagsFromString('--no-lazy');
  const script = new Script(Module.wrap(code));
  v8.setFlagsFromString('--lazy');
  return script.createCachedData();
}
