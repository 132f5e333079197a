export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

const KEY = 'appearance';

/** What was chosen the last time, on this computer; the system's own where nothing was, or nothing can be kept. */
export function keptAppearance(): Appearance {
  const kept = attempted(() => localStorage.getItem(KEY));
  return APPEARANCES.find((each) => each === kept) ?? 'system';
}

/** Shows the page in an appearance. */
export function showAppearance(appearance: Appearance): void {
  document.documentElement.dataset['appearance'] = appearance;
}

/** Keeps a choice for the next start; following the system leaves nothing behind. */
export function keepAppearance(appearance: Appearance): void {
  attempted(() =>
    appearance === 'system' ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, appearance),
  );
}

/** A profile whose storage is full or switched off is no reason to stop. */
function attempted<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
