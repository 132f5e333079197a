import { connect } from 'node:tls';
import { createTransport } from 'nodemailer';
import { ImapFlow } from 'imapflow';
import { expect, onTestFinished, test } from 'vitest';
import { startMailServer, type MailServer } from './mail-server.ts';

async function running(): Promise<MailServer> {
  const mail = await startMailServer({ users: { 'alice@example.org': 'pässword "1"' } });
  onTestFinished(() => mail.stop());
  return mail;
}

test('shows an empty mailbox to a whole session of a real client', async () => {
  const mail = await running();
  const client = new ImapFlow({
    host: mail.host,
    port: mail.imaps,
    secure: true,
    auth: { user: 'alice@example.org', pass: 'pässword "1"', loginMethod: 'LOGIN' },
    tls: { ca: mail.caPem },
    logger: false,
  });
  await client.connect();
  const box = await client.mailboxOpen('INBOX');
  expect(box.exists).toBe(0);
  expect((await client.list()).map(({ path }) => path)).toEqual(['INBOX']);
  await client.logout();
  expect(mail.attempts('alice@example.org')).toEqual({ accepted: 1, rejected: 0 });
});

test('takes a message from somebody who logged in, and from nobody else', async () => {
  const mail = await running();
  const send = (auth: { user: string; pass: string } | undefined): Promise<unknown> =>
    createTransport({
      host: mail.host,
      port: mail.submission,
      requireTLS: true,
      tls: { ca: mail.caPem },
      ...(auth ? { auth } : {}),
    }).sendMail({ from: 'alice@example.org', to: 'alice@example.org', subject: 'Test', text: '.dot\r\nend' });
  await send({ user: 'alice@example.org', pass: 'pässword "1"' });
  await expect(send(undefined)).rejects.toThrow('530');
  await expect(send({ user: 'alice@example.org', pass: 'wrong' })).rejects.toThrow('535');
  const [message, ...others] = mail.messages();
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    user: 'alice@example.org',
    from: 'alice@example.org',
    to: ['alice@example.org'],
  });
  expect(message?.text).toContain('\r\n.dot\r\nend');
  expect(mail.attempts('alice@example.org')).toEqual({ accepted: 1, rejected: 1 });
});

test('stops with connections open', async () => {
  const mail = await startMailServer({ users: {} });
  const socket = connect({ host: mail.host, port: mail.imaps, ca: mail.caPem });
  await new Promise((resolve) => socket.once('data', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  await mail.stop();
  await closed;
});
