import { defineConfig } from 'playwright/test';
import { lacking, WITH_REAL_PROGRAMS } from './e2e/real-programs.ts';
import { whichHost } from './host/which.ts';

const host = whichHost().name;

/** Thunderbird alone takes seconds to start. */
const REAL = {
  name: `${host}, real servers and clients`,
  testMatch: WITH_REAL_PROGRAMS,
  timeout: 120_000,
  expect: { timeout: 20_000 },
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../dist/e2e',
  timeout: 60_000,
  workers: 1,
  forbidOnly: true,
  projects: [
    { name: host, testIgnore: WITH_REAL_PROGRAMS },
    // where they cannot run they are no tests that pass over themselves: the closing lines name them
    ...(lacking().length === 0 ? [REAL] : []),
  ],
  reporter: [['list'], ['./host/reporter.ts']],
});
