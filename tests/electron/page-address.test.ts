import { expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, headersFor, pageFile } from '../../electron/page-address.ts';

test.each([
  ['app://rekey/index.html', '/app/page/index.html'],
  ['app://rekey/assets/index-1.js?v=2#top', '/app/page/assets/index-1.js'],
  ['app://rekey/../../index.html', '/app/page/index.html'],
  ['app://rekey/%2e%2e/index.html', '/app/page/index.html'],
])('%s is a file of the page', (url, path) => {
  expect(pageFile('/app/page', url)?.path).toBe(path);
});

test.each([
  'app://rekey/',
  'app://rekey/assets',
  'app://rekey/..%2f..%2fetc/passwd.js',
  'app://rekey/main.cjs',
  'app://rekey/main.js.map',
  'app://other/index.html',
  'app://rekey.example/index.html',
  'https://rekey/index.html',
  'file:///app/page/index.html',
  'index.html',
])('%s is none', (url) => {
  expect(pageFile('/app/page', url)).toBeUndefined();
});

test('every answer carries the whole policy', () => {
  expect(headersFor('text/html')['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|data:/);
  expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self'; /);
});
