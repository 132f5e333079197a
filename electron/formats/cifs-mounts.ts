/** A share that is mounted, or may be, and how. */
export interface CifsMount {
  /** `//server/share`; empty where another file says it. */
  readonly share: string;
  /** The server as it is spelled; empty where none is stated. */
  readonly host: string;
  readonly options: ReadonlyMap<string, string>;
}

const TYPES = ['cifs', 'smb3', 'smbfs'];

/**
 * The shares in a table of mounts: six fields, with blanks as `\040` (fstab(5)); the kernel writes its own in the same
 * way (/proc/mounts).
 */
export function fstabMounts(text: string): readonly CifsMount[] {
  return linesOf(text).flatMap((line) => {
    const [share = '', , type = '', options = ''] = line.split(/[ \t]+/).map(unescaped);
    return TYPES.includes(type) ? [mountOf(share, options)] : [];
  });
}

/** The shares in a map of the automounter (autofs(5), auto.master(5)); a map that is a program is left alone. */
export function autofsMounts(text: string): readonly CifsMount[] {
  if (text.startsWith('#!')) return [];
  return linesOf(text.replaceAll(/\\\r?\n/g, ' ')).flatMap((line) => {
    const words = line.split(/[ \t]+/);
    const options = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
    const all = options.join(',');
    if (!TYPES.includes(optionsOf(all).get('fstype') ?? '')) return [];
    const shares = words.flatMap((word) => /^:?(\/\/[^/].*)$/.exec(word)?.[1] ?? []);
    return (shares.length > 0 ? shares : ['']).map((share) => mountOf(share, all));
  });
}

/** The share of a systemd unit (systemd.mount(5)); none where it holds specifiers, which only systemd resolves. */
export function unitMounts(text: string): readonly CifsMount[] {
  const values = new Map<string, string>();
  let group = '';
  for (const line of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    group = /^\[(.*)\]\s*$/.exec(line)?.[1] ?? group;
    const [, key, value] = /^(What|Type|Options)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (group === 'Mount' && key !== undefined && value !== undefined) values.set(key, value);
  }
  const { What: share = '', Type: type = '', Options: options = '' } = Object.fromEntries(values);
  const isPlain = ![share, options].some((value) => value.includes('%'));
  return TYPES.includes(type) && isPlain ? [mountOf(share, options)] : [];
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const unescaped = (field: string): string =>
  field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const mountOf = (share: string, options: string): CifsMount => ({
  share,
  host: /^[\\/]{2}([^\\/]+)/.exec(share)?.[1] ?? '',
  options: optionsOf(options),
});

/** As mount.cifs takes them apart (`parse_options` in mount.cifs.c). */
const optionsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(',').map((option) => {
      const [name = '', ...value] = option.split('=');
      return [name, value.join('=')];
    }),
  );
