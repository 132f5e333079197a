import type { Page } from 'playwright/test';

/** Everything that the page holds where a script could find it, as one text: what it shows, keeps and remembers. */
export async function heldBy(page: Page): Promise<string> {
  const kept = await page.evaluate(() => ({
    fields: [...document.querySelectorAll('input, textarea')].map((field) => Reflect.get(field, 'value')),
    stores: [{ ...sessionStorage }, { ...localStorage }],
    cookies: document.cookie,
    history: history.state,
    address: location.href,
    title: document.title,
  }));
  const remembered = await page.evaluate(inReact);
  return [await page.content(), ...kept.fields, JSON.stringify(kept), ...remembered].join('\n');
}

/** Every text that hangs on React's own tree: the state, properties and queues of each fibre and of the one before. */
function inReact(): readonly string[] {
  const texts = new Set<string>();
  const seen = new Set<unknown>();
  const roots = [...document.querySelectorAll('*')].flatMap((element) =>
    Object.getOwnPropertyNames(element)
      .filter((name) => name.startsWith('__react'))
      .map((name): unknown => Reflect.get(element, name)),
  );
  for (const open = roots; open.length > 0;) {
    const value = open.pop();
    if (typeof value === 'string') texts.add(value);
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    if (!isObject || seen.has(value) || value instanceof Node || value === window) continue;
    seen.add(value);
    if (value instanceof Map || value instanceof Set) open.push(...value.keys(), ...value.values());
    for (const [name, { value: held }] of Object.entries(Object.getOwnPropertyDescriptors(value)))
      open.push(name, held);
  }
  return [...texts];
}
