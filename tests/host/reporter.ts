import type { Reporter, Suite, TestCase } from 'playwright/types/testReporter';
import { whichHost } from './which.ts';

/** The last lines of every run: what it ran on, and the count. */
export default class Summary implements Reporter {
  #tests: readonly TestCase[] = [];
  #errors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#tests = suite.allTests();
  }

  onError(): void {
    this.#errors += 1;
  }

  onEnd(): void {
    const ended = (...outcomes: readonly string[]): number =>
      this.#tests.filter((test) => outcomes.includes(test.outcome())).length;
    console.log(`The app ran on: ${whichHost().name}.`);
    const failed = ended('unexpected', 'flaky') + this.#errors;
    console.log(`${ended('expected')} passed, ${failed} failed, ${ended('skipped')} skipped`);
  }
}
