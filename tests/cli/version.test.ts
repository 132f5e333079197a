import fs from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { VERSION } from '../../shared/version.ts';

test('the version is that of the package', () => {
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(fs.readFileSync('package.json', 'utf8')));
  expect(VERSION).toBe(manifest.version);
});
