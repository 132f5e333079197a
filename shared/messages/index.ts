import { de } from './de.ts';
import { en } from './en.ts';
import type { Messages } from './messages.ts';

/** Every language Rekey speaks; the first one is spoken where none was asked for. */
export const LANGUAGES: readonly Messages[] = [en, de];

/**
 * The messages for a locale name as `LC_ALL`, `LC_MESSAGES` or `LANG` give it (`de_AT.UTF-8`) or as a browser does
 * (`de-AT`); English for one that Rekey does not speak.
 */
export function messagesFor(locale: string | undefined): Messages {
  const language = /^[a-z]+/i.exec(locale ?? '')?.[0].toLowerCase();
  return LANGUAGES.find((messages) => messages.language === language) ?? en;
}

/** The locale that the environment asks for; an empty variable counts as unset (POSIX, XBD 8.2). */
export const localeOf = (environment: Readonly<Record<string, string | undefined>>): string | undefined =>
  environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'];
