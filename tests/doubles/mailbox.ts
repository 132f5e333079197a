/** The messages of one user, and who wants to hear of new ones. UIDs count from 1. */
export class Mailbox {
  readonly messages: string[] = [];
  readonly #listeners = new Set<() => void>();

  deliver(message: string): void {
    this.messages.push(message);
    for (const listener of this.#listeners) listener();
  }

  /** Calls back for each new message until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** UIDs from `least` on whose header field holds the text (RFC 9051 section 6.4.4). */
  search(least: number, field: string, text: string): readonly number[] {
    const line = `${field}: `.toLowerCase();
    return this.messages.flatMap((message, index) => {
      const [head = ''] = message.split('\r\n\r\n');
      const has = head
        .split('\r\n')
        .some((each) => each.toLowerCase().startsWith(line) && each.includes(text));
      return has && index + 1 >= least ? [index + 1] : [];
    });
  }
}
