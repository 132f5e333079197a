import type { Target } from '../../build/package/target.ts';

/** The archive of every system; `#` stands for the digest in a chunk's name, `*` for every chunk. */
const EVERYWHERE = [
  'LICENSE',
  'dist/app/main/*-#.cjs',
  'dist/app/main/main.cjs',
  'dist/app/preload/preload.cjs',
  'dist/app/renderer/assets/*-#.css',
  'dist/app/renderer/assets/*-#.js',
  'dist/app/renderer/index.html',
  'node_modules/keytar/LICENSE.md',
  'node_modules/keytar/lib/keytar.js',
  'node_modules/keytar/package.json',
  'node_modules/tldts/LICENSE',
  'node_modules/tldts/dist/cjs/index.js',
  'node_modules/tldts/package.json',
  'package.json',
];

const LINUX_ALONE = [
  'node_modules/@koromix/koffi-linux-x64/index.js',
  'node_modules/@koromix/koffi-linux-x64/package.json',
  'node_modules/koffi/LICENSE.txt',
  'node_modules/koffi/index.cjs',
  'node_modules/koffi/package.json',
  'node_modules/koffi/src/koffi/index.cjs',
  'node_modules/koffi/src/koffi/src/static.cjs',
];

interface Expected {
  readonly target: Target;
  readonly files: readonly string[];
  /** Beside the archive. */
  readonly native: readonly string[];
  /** How its native code begins: an executable of Linux, Windows, macOS; and the processor it is for. */
  readonly begins: (file: Buffer) => readonly string[];
}

const hex = (file: Buffer, from: number, to: number): string => file.subarray(from, to).toString('hex');

export const EXPECTED: readonly Expected[] = [
  {
    target: { system: 'linux', architecture: 'x64' },
    files: [...EVERYWHERE, ...LINUX_ALONE],
    native: [
      'node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
      'node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ],
    // ELF: e_ident, then e_machine (EM_X86_64 is 62)
    begins: (file) => [
      hex(file, 0, 4) === '7f454c46' ? 'ELF' : '',
      file.readUInt16LE(18) === 62 ? 'x64' : '',
    ],
  },
  {
    target: { system: 'win32', architecture: 'x64' },
    files: EVERYWHERE,
    native: ['node_modules/keytar/prebuilds/win32-x64/keytar.node'],
    // PE: the header's place stands at 0x3c; its Machine is 0x8664
    begins: (file) => [
      file.toString('latin1', 0, 2) === 'MZ' ? 'PE' : '',
      file.readUInt16LE(file.readUInt32LE(0x3c) + 4) === 0x8664 ? 'x64' : '',
    ],
  },
  {
    target: { system: 'darwin', architecture: 'arm64' },
    files: EVERYWHERE,
    native: ['node_modules/keytar/prebuilds/darwin-arm64/keytar.node'],
    // Mach-O, 64 bits: magic, then cputype (CPU_TYPE_ARM64 is 0x0100000c)
    begins: (file) => [
      hex(file, 0, 4) === 'cffaedfe' ? 'Mach-O' : '',
      file.readUInt32LE(4) === 0x0100000c ? 'arm64' : '',
    ],
  },
];
