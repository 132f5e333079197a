import { ADDRESSES, type Ports } from './doors.ts';

export interface PostfixSetup {
  readonly dir: string;
  readonly ports: Ports;
  /** Mail domains that are delivered into the lab's mailboxes; everything else is discarded. */
  readonly domains: readonly string[];
}

/** main.cf for Postfix 3.7: never delivers outside; its own users' mail goes where Dovecot reads it. */
export const mainCf = ({ dir, domains }: PostfixSetup): string => `compatibility_level = 3.6
queue_directory = ${dir}/postfix/queue
data_directory = ${dir}/postfix/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
meta_directory = /etc/postfix
maillog_file = ${dir}/postfix.log
# a log outside /var and /dev/stdout is refused unless named here
maillog_file_prefixes = ${dir}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.lab.test
inet_interfaces = all
inet_protocols = ipv4
mynetworks =
mydestination =
alias_maps =
alias_database =
default_transport = discard:lab
relay_transport = discard:lab

virtual_mailbox_domains = ${domains.join(' ')}
virtual_mailbox_maps = texthash:${dir}/mailboxes
virtual_mailbox_base = ${dir}/mail
# the mailboxes belong to nobody:nogroup, as Dovecot's userdb says
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534

smtpd_sasl_type = dovecot
smtpd_sasl_path = ${dir}/sasl
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_tls_cert_file = ${dir}/pki/good.pem
smtpd_tls_key_file = ${dir}/pki/good.key
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_session_cache_database =
tls_random_source = dev:/dev/urandom
`;

const smtpd = (address: string, port: number, options: readonly string[]): string =>
  [`${address}:${port} inet n - n - - smtpd`, ...options.map((option) => `  -o ${option}`)].join('\n');

const STARTTLS = ['smtpd_tls_security_level=encrypt', 'smtpd_sasl_auth_enable=yes'];
const IMPLICIT_TLS = ['smtpd_tls_wrappermode=yes', 'smtpd_sasl_auth_enable=yes'];

const certificate = (dir: string, name: string): string[] => [
  `smtpd_tls_cert_file=${dir}/pki/${name}.pem`,
  `smtpd_tls_key_file=${dir}/pki/${name}.key`,
];

/** master.cf for Postfix 3.7; nothing is chrooted, because the queue lies in a scratch folder. */
export function masterCf({ dir, ports }: PostfixSetup): string {
  const faults = (['expired', 'wrongName', 'selfSigned'] as const).flatMap((name) => [
    smtpd(ADDRESSES[name], ports.submission, [...STARTTLS, ...certificate(dir, name)]),
    smtpd(ADDRESSES[name], ports.submissions, [...IMPLICIT_TLS, ...certificate(dir, name)]),
  ]);
  return `${smtpd(ADDRESSES.good, ports.submission, STARTTLS)}
${smtpd(ADDRESSES.good, ports.submissions, IMPLICIT_TLS)}
${smtpd(ADDRESSES.good, ports.noAuth, ['smtpd_tls_security_level=may'])}
${faults.join('\n')}
${smtpd(ADDRESSES.noTls, ports.submission, ['smtpd_tls_security_level=none', 'smtpd_sasl_auth_enable=yes'])}
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
tlsmgr   unix - - n 1000? 1 tlsmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
virtual  unix - n n - - virtual
discard  unix - - n - - discard
error    unix - - n - - error
retry    unix - - n - - error
anvil    unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog  unix-dgram n - n - 1 postlogd
`;
}
