import { generate, type SelfsignedOptions } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Subject {
  readonly names?: readonly string[];
  readonly ips?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A certificate authority that lives as long as the test. */
export interface Authority {
  readonly caPem: string;
  issue(subject: Subject): Promise<Certificate>;
}

const KIND = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

export async function makeAuthority(): Promise<Authority> {
  const made = await generate([{ name: 'commonName', value: 'Rekey test authority' }], {
    ...KIND,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    caPem: made.cert,
    issue: (subject) => certify(subject, { ca: { key: made.private, cert: made.cert } }),
  };
}

/** A server certificate that nobody signed but itself. */
export const selfSigned = (subject: Subject): Promise<Certificate> => certify(subject, {});

async function certify(subject: Subject, signer: Pick<SelfsignedOptions, 'ca'>): Promise<Certificate> {
  const { names = [], ips = [], notBefore, notAfter } = subject;
  const made = await generate([{ name: 'commonName', value: names[0] ?? ips[0] ?? 'nameless' }], {
    ...KIND,
    ...signer,
    ...(notBefore ? { notBeforeDate: notBefore } : {}),
    ...(notAfter ? { notAfterDate: notAfter } : {}),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2, value }) as const),
          ...ips.map((ip) => ({ type: 7, ip }) as const),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
