import type { Entry } from '../../shared/model.ts';
import { gitConfigSlot, utf8 } from '../formats/git-config.ts';
import type { GitSetting, GitView } from '../formats/git-includes.ts';
import { splitHost } from '../formats/host-port.ts';

/**
 * `imap.pass` of git imap-send (git-imap-send(1)): the password that git reads, with the user and server in force.
 * Without one git asks a credential helper or the user, so nothing is missing here. A tunnel does its own login.
 */
export function imapSendEntries(view: GitView, store: string): readonly Entry[] {
  const last = (key: string): GitSetting | undefined =>
    view.settings.findLast(
      (each) => each.section === 'imap' && each.subsection === undefined && each.key === key,
    );
  const text = (key: string): string => utf8(last(key)?.value ?? '');
  const password = last('pass');
  if (!password?.value || text('user') === '' || text('tunnel') !== '') return [];
  const [, scheme, server = ''] = /^(?:(imaps?):)?(?:\/\/)?([^/]*)/.exec(text('host')) ?? [];
  const { host, port = Number(text('port')) } = splitHost(server);
  return [
    {
      store,
      client: 'git imap-send',
      place: { kind: 'file', path: password.file },
      slot: gitConfigSlot(password, 'pass', password.nth),
      lens: 'git-config',
      protocols: ['imap'],
      login: text('user'),
      host,
      ...(Number.isInteger(port) && port > 0 ? { port } : {}),
      ...(scheme === 'imaps' ? { tls: 'implicit' } : {}),
      auth: /\b(?:XOAUTH2|OAUTHBEARER)\b/i.test(text('authmethod')) ? 'oauth' : 'password',
    },
  ];
}
