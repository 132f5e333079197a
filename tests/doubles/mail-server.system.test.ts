import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startMailServer } from './mail-server.ts';

const run = promisify(execFile);
const USER = 'alice';
const PASSWORD = 'right';

async function bench(): Promise<{
  mail: Awaited<ReturnType<typeof startMailServer>>;
  folder: string;
  ca: string;
}> {
  const mail = await startMailServer({ users: { [USER]: PASSWORD } });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rekey-mail-'));
  onTestFinished(async () => {
    await mail.stop();
    fs.rmSync(folder, { recursive: true });
  });
  const ca = path.join(folder, 'ca.pem');
  fs.writeFileSync(ca, mail.caPem);
  return { mail, folder, ca };
}

test('curl logs in at all four doors', async () => {
  const { mail, folder, ca } = await bench();
  const config = path.join(folder, 'curlrc');
  fs.writeFileSync(config, `user = "${USER}:${PASSWORD}"\n`);
  const common = ['-sS', '-K', config, '--cacert', ca, '--ssl-reqd'];
  for (const url of [`imaps://127.0.0.1:${mail.imaps}`, `imap://127.0.0.1:${mail.imap}`]) {
    expect((await run('curl', [...common, url])).stdout).toContain('INBOX');
  }
  const letter = path.join(folder, 'letter');
  fs.writeFileSync(letter, 'Subject: hello\r\n\r\nhello\r\n');
  for (const url of [`smtps://127.0.0.1:${mail.smtps}`, `smtp://127.0.0.1:${mail.submission}`]) {
    await run('curl', [
      ...common,
      url,
      '--mail-from',
      'a@example.org',
      '--mail-rcpt',
      'b@example.org',
      '-T',
      letter,
    ]);
  }
  expect(mail.attempts(USER)).toEqual({ accepted: 4, rejected: 0 });
  expect(mail.messages()).toHaveLength(2);
});

test('mbsync takes the empty mailbox for what it is', async () => {
  const { mail, folder, ca } = await bench();
  fs.mkdirSync(path.join(folder, 'mail'));
  const config = path.join(folder, 'mbsyncrc');
  fs.writeFileSync(
    config,
    [
      'IMAPStore far',
      // isync only matches names, not addresses.
      'Host localhost',
      `Port ${mail.imaps}`,
      'SSLType IMAPS',
      `CertificateFile ${ca}`,
      `User ${USER}`,
      `Pass ${PASSWORD}`,
      '',
      'MaildirStore near',
      `Path ${folder}/mail/`,
      `Inbox ${folder}/mail/INBOX`,
      '',
      'Channel all',
      'Far :far:',
      'Near :near:',
      'Create Near',
      'SyncState *',
      '',
    ].join('\n'),
  );
  await run('mbsync', ['-c', config, 'all']);
  expect(mail.attempts(USER)).toEqual({ accepted: 1, rejected: 0 });
});
