import { shellPipeline } from './shell-words.ts';

/**
 * The file of `credential.helper = store --file F`, as the shell that git starts would pass it
 * (gitcredentials(7), git-credential-store(1)); undefined for other helpers, for the default files and for
 * shell syntax that is not understood.
 */
export function storeFileOf(helper: string, home: string): string | undefined {
  const commands = shellPipeline(helper.replace(/^!\s*/, ''));
  if (commands?.length !== 1) return undefined;
  const words = (commands[0] ?? []).map((word) => (word.home ? home + word.text : word.text));
  const [program = '', ...options] = words[0] === 'git' ? words.slice(1) : words;
  if (program !== 'store' && !/(?:^|\/)(?:git-)?credential-store$/.test(program)) return undefined;
  const at = options.findIndex((word) => word === '--file' || word.startsWith('--file='));
  const option = options[at] ?? '';
  return (option === '--file' ? options[at + 1] : option.slice('--file='.length)) || undefined;
}
