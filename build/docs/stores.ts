import fs from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import type { Platform } from '../../shared/model.ts';
import type { Store } from '../../electron/engine/ports.ts';
import { STORES } from '../../electron/stores/index.ts';

const ROOT = path.join(import.meta.dirname, '../..');

/** How it was seen that the program takes what Rekey writes, the best first. */
const PROOFS = ['real program', 'under Wine', 'double', 'guidance'] as const;

const text = z.string().min(1);

/** What `about.json` beside the fixtures of a store says of it; each sentence goes on behind its heading. */
const aboutSchema = z.strictObject({
  changes: text.optional(),
  adds: text.optional(),
  removes: text.optional(),
  guides: text.optional(),
  limits: z.array(text),
  evidence: z.array(z.strictObject({ by: z.enum(PROOFS), what: text, tests: z.array(text).min(1) })).min(1),
});

export type About = z.infer<typeof aboutSchema>;

/** What is said of a store; undefined where it has no `about.json` yet. */
export function aboutOf(id: string): About | undefined {
  const file = path.join(ROOT, 'tests/stores', id, 'about.json');
  return fs.existsSync(file) ? aboutSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : undefined;
}

/** The files that are written from the stores, by their path, as they should be. */
export async function storeDocuments(): Promise<ReadonlyMap<string, string>> {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const documents = new Map<string, string>();
  for (const [file, source] of [
    ['docs/stores.md', page()],
    ['README.md', withNames(readme)],
  ] as const) {
    const options = await resolveConfig(path.join(ROOT, file));
    documents.set(file, await format(source, { ...options, parser: 'markdown' }));
  }
  return documents;
}

const DESCRIBED = STORES.flatMap((store) => {
  const about = aboutOf(store.id);
  return about ? [{ store, about }] : [];
}).toSorted((a, b) => a.store.name.localeCompare(b.store.name, 'en'));

function page(): string {
  return `# The stores

What Rekey knows, program by program. \`npm run docs:stores\` writes this page from the stores and from the
\`about.json\` beside their fixtures; a test keeps it true.

Wherever a program takes its password from a command, Rekey follows \`secret-tool\`, \`pass\`, \`gopass\`, \`gpg -d\` and
\`cat\`: the real \`pass\` and \`gpg\` read what was sealed anew (\`tests/clients/pass.system.test.ts\`), gopass was only read in
its source code. Any other command is told with the steps. A token is never touched. Outside of Linux the paths and formats follow the programs'
documentation; nothing was run there.

| store | system | changed | added | removed | told with steps | evidence |
| --- | --- | --- | --- | --- | --- | --- |
${DESCRIBED.map(row).join('\n')}

${DESCRIBED.map(section).join('\n\n')}
`;
}

const SYSTEMS: Readonly<Record<Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

const systemsOf = ({ platforms }: Store): string => platforms.map((each) => SYSTEMS[each]).join(', ');

interface Described {
  readonly store: Store;
  readonly about: About;
}

function row({ store, about }: Described): string {
  const { changes, adds, removes, guides, evidence } = about;
  const marks = [changes, adds, removes, guides].map((each) => (each === undefined ? '–' : 'yes'));
  const best = PROOFS.find((proof) => evidence.some(({ by }) => by === proof)) ?? '';
  return `| [${store.name}](#${anchorOf(store.name)}) | ${[systemsOf(store), ...marks, best].join(' | ')} |`;
}

/** As GitHub makes it from a heading. */
const anchorOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function section({ store, about }: Described): string {
  const { changes, adds, removes, guides, limits, evidence } = about;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Changed', changes],
    ['Added', adds],
    ['Removed', removes],
    ['Told', guides],
    ['Limits', limits.length === 0 ? undefined : limits.join(' ')],
    ...evidence.map(
      ({ by, what, tests }) => [headingOf(by), `${what} (${tests.map(code).join(', ')})`] as const,
    ),
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : [`- **${name}:** ${value}`]));
  return `## ${store.name}\n\n${lines.join('\n')}`;
}

const headingOf = (proof: string): string => proof.replace(/^./, (letter) => letter.toUpperCase());
const code = (file: string): string => `\`${file}\``;

const BLOCK = /(<!-- stores, by npm run docs:stores -->\n)[^]*?(<!-- end of stores -->)/;

function withNames(readme: string): string {
  const names = (wanted: (about: About) => boolean): string =>
    DESCRIBED.filter(({ about }) => wanted(about))
      .map(({ store }) => store.name)
      .join(' · ');
  const block = `
- **Written:** ${names(({ changes }) => changes !== undefined)}
- **Told, with the steps to change it there:** ${names(({ changes }) => changes === undefined)}

`;
  return readme.replace(BLOCK, (_, begin: string, end: string) => `${begin}${block}${end}`);
}
