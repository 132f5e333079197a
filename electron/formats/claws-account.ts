import type { Entry } from '../../shared/model.ts';
import type { Dialect } from './sylpheed-account.ts';
import { flagOf, numberOf } from './sylpheed-prefs.ts';

/** Bits of `IMAPAuthType`, `POPAuthType` and `SMTPAuthType` (src/imap.h, src/prefs_account.h, src/common/smtp.h); no bit is automatic. */
const IMAP_TOKEN_FREE: ReadonlySet<number> = new Set([0, 1, 2, 16, 32, 64, 128, 512, 1024, 2048, 4096]);
const IMAP_WITHOUT_PASSWORD: ReadonlySet<number> = new Set([4, 8]);
const POP_TOKEN_FREE: ReadonlySet<number> = new Set([0, 1]);
const SMTP_TOKEN_FREE: ReadonlySet<number> = new Set([0, 1, 2, 4, 8, 16]);

/** Up to configuration version 0 the numbers of the protocols were those of Sylpheed (src/prefs_migration.c). */
const OLD_PROTOCOLS = ['pop3', 'pop3', 'pop3', 'imap', 'news'] as const;
const PROTOCOLS = ['pop3', 'imap', 'news'] as const;

/** How accountrc is read beside a clawsrc of this `config_version`, which counts for accounts that state none. */
export const clawsDialect = (common: number): Dialect => ({
  receives(block) {
    const own = numberOf(block, 'config_version', -1);
    const version = own === -1 ? common : own;
    return (version < 1 ? OLD_PROTOCOLS : PROTOCOLS)[numberOf(block, 'protocol')];
  },
  auth(block, protocol) {
    if (protocol === 'smtp') return passwordOr(SMTP_TOKEN_FREE, numberOf(block, 'smtp_auth_method'));
    if (protocol === 'pop3')
      return flagOf(block, 'use_pop_auth')
        ? passwordOr(POP_TOKEN_FREE, numberOf(block, 'pop_auth_method'))
        : 'password';
    const method = numberOf(block, 'imap_auth_method');
    return IMAP_WITHOUT_PASSWORD.has(method) ? undefined : passwordOr(IMAP_TOKEN_FREE, method);
  },
});

/** What is not known is taken for a token. */
const passwordOr = (known: ReadonlySet<number>, method: number): Entry['auth'] =>
  known.has(method) ? 'password' : 'oauth';
