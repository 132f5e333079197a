import type { Reporter, Suite, TestCase } from 'playwright/types/testReporter';
import { lacking } from '../e2e/real-programs.ts';
import { whichHost } from './which.ts';

/** The last lines of every run: what it ran on, what did not run at all, and the count. */
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
    const lacks = lacking();
    if (lacks.length > 0)
      console.log(
        `Not run: the app with real mail servers and clients, for want of ${lacks.join(', ')}. \`npm run test:all\` adds it.`,
      );
    const failed = ended('unexpected', 'flaky') + this.#errors;
    console.log(`${ended('expected')} passed, ${failed} failed, ${ended('skipped')} skipped`);
  }
}
