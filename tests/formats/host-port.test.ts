import { expect, test } from 'vitest';
import { splitHost } from '../../electron/formats/host-port.ts';

test.each([
  ['mail.example.org', { host: 'mail.example.org' }],
  ['mail.example.org:993', { host: 'mail.example.org', port: 993 }],
  ['[::1]:143', { host: '[::1]', port: 143 }],
  ['::1', { host: '::1' }],
  ['[::1]', { host: '[::1]' }],
  ['mail:0', { host: 'mail:0' }],
  ['mail:70000', { host: 'mail:70000' }],
  ['mail:imap', { host: 'mail:imap' }],
  ['', { host: '' }],
])('%j', (spelled, taken) => {
  expect(splitHost(spelled)).toEqual(taken);
});
