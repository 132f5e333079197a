import { expect, test } from 'vitest';
import { serverNames } from '../../renderer/view/servers.ts';
import { messagesFor } from '../../shared/messages/index.ts';

const login = 'alex@contoso.com';
const imap = { protocol: 'imap', host: 'mail.contoso.com', port: 993, login } as const;
const smtp = { ...imap, protocol: 'smtp', port: 465 } as const;

test('a server is named by its host, and by its port too where two rows would read the same', () => {
  const names = (endpoints: Parameters<typeof serverNames>[1]) => serverNames(messagesFor('en'), endpoints);
  expect(names([imap, smtp])).toEqual(['mail.contoso.com', 'mail.contoso.com']);
  expect(names([imap, smtp, { ...smtp, port: 587 }])).toEqual([
    'mail.contoso.com',
    'mail.contoso.com:465',
    'mail.contoso.com:587',
  ]);
  expect(names([imap, { ...imap, protocol: 'pop3', port: 995 }])).toEqual([
    'mail.contoso.com:993',
    'mail.contoso.com:995',
  ]);
});
