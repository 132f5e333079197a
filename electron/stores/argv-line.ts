/**
 * A list of arguments as a command line that a shell splits into the same words: nothing in it is expanded. For
 * clients that keep a command as a list and start it without a shell.
 */
export const argvLine = (argv: readonly string[]): string =>
  argv.map((word) => (/^[\w.+/@%:,-]+$/.test(word) ? word : `'${word.split("'").join("'\\''")}'`)).join(' ');
