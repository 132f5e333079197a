import fs from 'node:fs';
import path from 'node:path';
import { ADDRESSES } from './doors.ts';
import { mustRun } from './program.ts';

const DAY = 24 * 60 * 60 * 1000;

/** OpenSSL's GeneralizedTime: `20260102030405Z`. */
const asn1 = (time: number): string =>
  `${new Date(time).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;

const NAMES = 'DNS:mail.lab.test,DNS:localhost';

/** `openssl ca` is the one command that takes free start and end dates, which the expired certificate needs. */
const caConfig = (dir: string): string => `[ca]
default_ca = lab

[lab]
database = ${dir}/index
serial = ${dir}/serial
new_certs_dir = ${dir}
certificate = ${dir}/ca.pem
private_key = ${dir}/ca.key
default_md = sha256
policy = any_name
copy_extensions = copy
unique_subject = no

[any_name]
commonName = supplied
`;

interface Certificate {
  readonly name: string;
  readonly names: string;
  readonly from: number;
  readonly to: number;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const;

async function issue(dir: string, { name, names, from, to }: Certificate): Promise<void> {
  const file = (suffix: string): string => path.join(dir, `${name}.${suffix}`);
  const subject = ['-subj', `/CN=${name}.lab.test`, '-addext', `subjectAltName=${names}`];
  await mustRun('openssl', [
    'req',
    '-new',
    ...newKey,
    '-keyout',
    file('key'),
    ...subject,
    '-out',
    file('csr'),
  ]);
  const dates = ['-startdate', asn1(from), '-enddate', asn1(to)];
  const signing = ['ca', '-batch', '-notext', '-config', path.join(dir, 'ca.cnf'), ...dates];
  await mustRun('openssl', [...signing, '-in', file('csr'), '-out', file('pem')]);
}

async function selfSign(dir: string, name: string, subject: readonly string[]): Promise<void> {
  const files = ['-keyout', path.join(dir, `${name}.key`), '-out', path.join(dir, `${name}.pem`)];
  await mustRun('openssl', ['req', '-x509', '-new', ...newKey, '-days', '3650', ...subject, ...files]);
}

/**
 * Makes the lab's own authority and one certificate per address, as `NAME.pem` and `NAME.key`:
 * good, expired, wrongName, selfSigned; the authority is `ca.pem`.
 */
export async function makePki(dir: string): Promise<void> {
  fs.mkdirSync(dir, { mode: 0o755 });
  fs.writeFileSync(path.join(dir, 'ca.cnf'), caConfig(dir));
  fs.writeFileSync(path.join(dir, 'index'), '');
  fs.writeFileSync(path.join(dir, 'serial'), '1000\n');
  const authority = [
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign',
  ];
  await selfSign(dir, 'ca', ['-subj', '/CN=Rekey lab CA', ...authority]);
  const now = Date.now();
  const valid = { from: now - DAY, to: now + 3650 * DAY };
  const at = (address: string): string => `${NAMES},IP:${address}`;
  await issue(dir, { name: 'good', names: `${at(ADDRESSES.good)},IP:127.0.0.1`, ...valid });
  await issue(dir, { name: 'wrongName', names: 'DNS:other.example', ...valid });
  await issue(dir, {
    name: 'expired',
    names: at(ADDRESSES.expired),
    from: now - 400 * DAY,
    to: now - 2 * DAY,
  });
  const alone = ['-subj', '/CN=selfSigned.lab.test', '-addext', `subjectAltName=${at(ADDRESSES.selfSigned)}`];
  await selfSign(dir, 'selfSigned', alone);
}
