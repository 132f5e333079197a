/** How the demo speaks: few lines, and every claim with its mark. */
export class Printer {
  #failed = 0;
  #chapter = 0;

  get failed(): number {
    return this.#failed;
  }

  title(text: string): void {
    console.log(`\n${text}`);
  }

  chapter(text: string): void {
    this.#chapter += 1;
    console.log(`\n${this.#chapter}  ${text}`);
  }

  line(text = ''): void {
    console.log(text === '' ? '' : `   ${text}`);
  }

  /** What another program said, as it said it. */
  quote(text: string): void {
    for (const line of text.trimEnd().split('\n')) console.log(line === '' ? '   |' : `   | ${line}`);
  }

  /** Something that was just verified, or turned out to be false. */
  claim(text: string, holds: boolean): void {
    if (!holds) this.#failed += 1;
    console.log(`   ${holds ? '✓' : '✗ NOT TRUE:'} ${text}`);
  }
}
