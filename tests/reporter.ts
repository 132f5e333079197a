import type { Reporter, TestModule } from 'vitest/node';

const isSystem = ({ moduleId }: TestModule): boolean => moduleId.endsWith('.system.test.ts');

/**
 * The last lines of every test run: what ran on real programs, what on npm packages alone, what did not run at all,
 * and the count.
 */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const real = modules.filter(isSystem);
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) count[stateOf(test.result().state)] += 1;
      if (tests.length === 0 && !module.ok()) count.failed += 1;
    }
    count.failed += errors.length;
    console.log(`On real programs (Debian packages, this machine's kernel): ${real.length} test files.`);
    console.log(
      `On npm packages alone (embedded servers, doubles): ${modules.length - real.length} test files.`,
    );
    if (real.length === 0)
      console.log('Not run: the tests that need Debian packages. `npm run test:all` adds them.');
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}

const stateOf = (state: string): 'passed' | 'failed' | 'skipped' =>
  state === 'passed' || state === 'failed' ? state : 'skipped';
