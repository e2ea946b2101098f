/** Certificates of others: a root, somebody below it, and their keys, all as PEM. */
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  X509CertificateGenerator,
} from '@peculiar/x509';

const kinds = {
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
  EC: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const;

export interface Bundle {
  /** The signer's, then the root's. */
  readonly certificates: string;
  readonly root: string;
  readonly key: string;
}

export async function makeChain(
  options: {
    kind?: keyof typeof kinds;
    name?: string;
    from?: string;
    until?: string;
    forTimestamps?: boolean;
  } = {},
): Promise<Bundle> {
  const kind = kinds[options.kind ?? 'RSA'];
  const notBefore = new Date(options.from ?? '2026-01-01T00:00:00Z');
  const notAfter = new Date(options.until ?? '2028-01-01T00:00:00Z');
  const make = () =>
    crypto.subtle.generateKey(kind as never, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const [rootKeys, keys] = await Promise.all([make(), make()]);
  const root = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Qualified Root, O=Trust Services',
    keys: rootKeys,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2040-01-01T00:00:00Z'),
    signingAlgorithm: kind,
    extensions: [
      new BasicConstraintsExtension(true, 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  });
  const leaf = await X509CertificateGenerator.create({
    subject: `CN=${options.name ?? 'Shanghai Chenguang Seal'}`,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    notBefore,
    notAfter,
    signingAlgorithm: kind,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ...(options.forTimestamps
        ? [new ExtendedKeyUsageExtension([ExtendedKeyUsage.timeStamping], true)]
        : []),
    ],
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const rootPem = root.toString('pem');
  return { certificates: `${leaf.toString('pem')}\n${rootPem}`, root: rootPem, key };
}

type CryptoKeyPair = { publicKey: CryptoKey; privateKey: CryptoKey };
type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
