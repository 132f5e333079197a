import { describe, expect, onTestFinished, test } from 'vitest';
import type { Progress } from '../../shared/model.ts';
import { startImapServer } from '../doubles/imap-server.ts';
import { startMailServer } from '../doubles/mail-server.ts';
import { startSmtpServer } from '../doubles/smtp-server.ts';
import { SILENCE, listen, type Answer } from '../doubles/wire.ts';
import { attempt, certificate, leaked, verdict } from './trial.ts';

test('tells what it does and how long it took', async () => {
  const server = await startImapServer({ tls: 'implicit', certificate });
  onTestFinished(() => server.stop());
  const progress: Progress[] = [];
  const tried = await attempt('imap', 'implicit', server.port, { report: (fact) => progress.push(fact) });
  const { sent, ...check } = tried;
  expect(sent).toBe(true);
  expect(tried.ms).toBeGreaterThan(0);
  expect(progress).toEqual([
    { kind: 'checking', endpoint: tried.endpoint },
    { kind: 'checked', check },
  ]);
});

test('one door serves many checks, and a reset password counts at once', async () => {
  const mail = await startMailServer({ users: { alice: 'old' } });
  onTestFinished(() => mail.stop());
  const doors = [
    ['imap', 'implicit', mail.imaps],
    ['imap', 'starttls', mail.imap],
    ['smtp', 'implicit', mail.smtps],
    ['smtp', 'starttls', mail.submission],
  ] as const;
  const tryAll = async (password: string): Promise<string[]> => {
    const verdicts: string[] = [];
    for (const [protocol, tls, port] of doors) {
      const tried = await attempt(protocol, tls, port, { login: 'alice', password, ca: [mail.caPem] });
      verdicts.push(verdict(tried));
    }
    return verdicts;
  };
  expect(await tryAll('new')).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  mail.setPassword('alice', 'new');
  expect(await tryAll('new')).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  expect(mail.attempts('alice')).toEqual({ accepted: 4, rejected: 4 });
});

describe('cancelling', () => {
  test('before the start connects to nobody', async () => {
    const server = await startImapServer({ tls: 'implicit', certificate });
    onTestFinished(() => server.stop());
    const tried = await attempt('imap', 'implicit', server.port, { signal: AbortSignal.abort() });
    expect(tried).toMatchObject({ result: { kind: 'cancelled' }, sent: false });
    expect(server.connections()).toBe(0);
  });

  test.each(['imap', 'smtp'] as const)('while connecting sends nothing (%s)', async (protocol) => {
    const cancel = new AbortController();
    const closed = Promise.withResolvers<void>();
    const server = await listen({ tls: 'none' }, async (wire) => {
      cancel.abort();
      while ((await wire.line()) !== undefined);
      closed.resolve();
    });
    onTestFinished(() => server.stop());
    const tried = await attempt(protocol, 'starttls', server.port, {
      signal: cancel.signal,
      timeouts: { connect: 90_000, greeting: 90_000, login: 90_000, all: 90_000 },
    });
    expect(tried).toMatchObject({ result: { kind: 'cancelled' }, sent: false });
    expect(leaked(server.heard)).toBe(false);
    await closed.promise;
  });

  test.each(['imap', 'smtp'] as const)(
    'while the server thinks says that the password is out (%s)',
    async (protocol) => {
      const cancel = new AbortController();
      const script = {
        tls: 'implicit',
        certificate,
        login: (): Answer => {
          cancel.abort();
          return SILENCE;
        },
      } as const;
      const server = protocol === 'imap' ? await startImapServer(script) : await startSmtpServer(script);
      onTestFinished(() => server.stop());
      const tried = await attempt(protocol, 'implicit', server.port, {
        signal: cancel.signal,
        timeouts: { login: 90_000, all: 90_000 },
      });
      expect(tried).toMatchObject({ result: { kind: 'cancelled' }, sent: true });
      expect(server.connections()).toBe(1);
    },
  );
});

describe('nothing is tried', () => {
  test.each([
    ['with an empty password', { password: '' }, 'password-unusable'],
    ['with a NUL in the password', { password: 'a\0b' }, 'password-unusable'],
    ['with a line break in the password', { password: 'a\r\nb' }, 'password-unusable'],
    ['with a line break in the login', { login: 'alice\r\nx' }, 'no-mechanism'],
  ])('%s', async (_, trial, kind) => {
    const server = await startImapServer({ tls: 'implicit', certificate });
    onTestFinished(() => server.stop());
    const tried = await attempt('imap', 'implicit', server.port, trial);
    expect(tried).toMatchObject({ result: { kind }, sent: false });
    expect(server.connections()).toBe(0);
  });

  test('over POP3', async () => {
    expect(verdict(await attempt('pop3', 'implicit', 995))).toBe('no-mechanism');
  });
});
