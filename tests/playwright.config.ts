import { defineConfig } from 'playwright/test';
import { whichHost } from './host/which.ts';

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../dist/e2e',
  timeout: 60_000,
  workers: 1,
  forbidOnly: true,
  projects: [{ name: whichHost().name }],
  reporter: [['list'], ['./host/reporter.ts']],
});
