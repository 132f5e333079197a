import { ADDRESSES, type Ports } from './doors.ts';

export interface DovecotSetup {
  readonly dir: string;
  readonly ports: Ports;
  /** Port of the auth policy server on 127.0.0.1. */
  readonly policyPort: number;
}

const certificate = (dir: string, name: string): string =>
  `  ssl_cert = <${dir}/pki/${name}.pem\n  ssl_key = <${dir}/pki/${name}.key`;

const local = (dir: string, name: 'expired' | 'wrongName' | 'selfSigned'): string =>
  `local ${ADDRESSES[name]} {\n${certificate(dir, name)}\n}`;

const listener = (name: string, port: number, ssl: 'yes' | 'no'): string => `  inet_listener ${name} {
    address = ${Object.values(ADDRESSES).join(' ')}
    port = ${port}
    ssl = ${ssl}
  }`;

/** dovecot.conf for Dovecot 2.3: IMAP and POP3 on loopback, and the login socket that Postfix asks. */
export const dovecotConf = ({ dir, ports, policyPort }: DovecotSetup): string => `protocols = imap pop3
base_dir = ${dir}/dovecot
state_dir = ${dir}/dovecot
log_path = ${dir}/dovecot.log
listen = ${Object.values(ADDRESSES).join(', ')}
mail_location = maildir:${dir}/mail/%u
first_valid_uid = 1
auth_verbose = yes

# passwords only inside TLS; the certificate depends on the address dialled
disable_plaintext_auth = yes
ssl = required
${certificate(dir, 'good').replaceAll(/^ +/gm, '')}
ssl_min_protocol = TLSv1.2
${local(dir, 'expired')}
${local(dir, 'wrongName')}
${local(dir, 'selfSigned')}
local ${ADDRESSES.noTls} {
  ssl = no
}

auth_mechanisms = plain login
auth_username_format = %Lu
# empty lets every character through, so that DOMAIN\\user reaches the passdb
auth_username_chars =
auth_failure_delay = 0
auth_cache_size = 0
passdb {
  driver = passwd-file
  args = ${dir}/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${dir}/mail/%u
}

# tells the policy server of every login before and after the password is looked at
auth_policy_server_url = http://127.0.0.1:${policyPort}/
auth_policy_hash_nonce = rekey-lab
# a login that the lab holds back is not to be let through
auth_policy_server_timeout_msecs = 60000
auth_policy_request_attributes = login=%{requested_username} pwhash=%{hashed_password} protocol=%s
auth_policy_check_before_auth = yes
auth_policy_check_after_auth = no
auth_policy_report_after_auth = yes

service imap-login {
${listener('imap', ports.imap, 'no')}
${listener('imaps', ports.imaps, 'yes')}
  process_min_avail = 1
}
service pop3-login {
${listener('pop3', ports.pop3, 'no')}
${listener('pop3s', ports.pop3s, 'yes')}
}
service auth {
  unix_listener ${dir}/sasl {
    mode = 0666
  }
}
# all clients share one address: without this a wrong password would slow down everybody's next login
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
