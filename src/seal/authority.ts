/** Certificates: the deployment's own authority, and each employer's seal (RFC 5280; ECDSA P-256, WebCrypto keys). */
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import type { CertificateAuthority } from '../http/env.ts';
import { addSeconds, epochMs, type Instant } from '../kernel/time.ts';

type CryptoKey = webcrypto.CryptoKey;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const yearSeconds = 365.25 * 86_400;

// The two runtimes type WebCrypto differently, hence the casts; what they return is the same.
async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  return (await crypto.subtle.generateKey(kind, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

async function pemOf(privateKey: CryptoKey): Promise<string> {
  const bytes = (await crypto.subtle.exportKey('pkcs8', privateKey)) as ArrayBuffer;
  return PemConverter.encode(bytes, 'PRIVATE KEY');
}

/** PKCS#8 PEM as a key of its kind: ECDSA on P-256 unless told otherwise. */
export function importPrivateKey(
  pem: string,
  kind: { name: string; namedCurve?: string; hash?: string } = { name: 'ECDSA', namedCurve: 'P-256' },
): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), kind as never, true, [
    'sign',
  ]) as Promise<CryptoKey>;
}

/** Made once a deployment, at its first start; twenty years. It is our own: nobody else vouches for it. */
export async function makeAuthority(name: string, at: Instant): Promise<CertificateAuthority> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${escapeName(name)}`,
    keys,
    notBefore: new Date(epochMs(at)),
    notAfter: new Date(epochMs(addSeconds(at, 20 * yearSeconds))),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { certificatePem: certificate.toString('pem'), privateKeyPem: await pemOf(keys.privateKey) };
}

export interface SealCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly expiresAt: Instant;
}

/** An employer's seal certificate under the deployment's authority; five years. */
export async function makeSealCertificate(
  authority: CertificateAuthority,
  employer: { name: string; registrationCode: string; revocationsUrl: string },
  at: Instant,
): Promise<SealCertificate> {
  const keys = await makeKeys();
  const issuer = new X509Certificate(authority.certificatePem);
  const expiresAt = addSeconds(at, 5 * yearSeconds);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${escapeName(employer.name)}, 2.5.4.97=${escapeName(employer.registrationCode)}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importPrivateKey(authority.privateKeyPem),
    notBefore: new Date(epochMs(at)),
    notAfter: new Date(epochMs(expiresAt)),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true),
      new CRLDistributionPointsExtension([employer.revocationsUrl]),
    ],
  });
  return {
    certificatePem: certificate.toString('pem'),
    privateKeyPem: await pemOf(keys.privateKey),
    expiresAt,
  };
}

/** The revoked among an employer's certificates, signed by the deployment's authority (RFC 5280 §5), good for a week. */
export async function makeRevocationList(
  authority: CertificateAuthority,
  revoked: readonly { certificatePem: string; at: Instant }[],
  at: Instant,
): Promise<Uint8Array<ArrayBuffer>> {
  const list = await X509CrlGenerator.create({
    issuer: new X509Certificate(authority.certificatePem).subject,
    thisUpdate: new Date(epochMs(at)),
    nextUpdate: new Date(epochMs(addSeconds(at, 7 * 86_400))),
    signingAlgorithm: algorithm,
    signingKey: await importPrivateKey(authority.privateKeyPem),
    entries: revoked.map((one) => ({
      serialNumber: new X509Certificate(one.certificatePem).serialNumber,
      revocationDate: new Date(epochMs(one.at)),
    })),
  });
  return new Uint8Array(list.rawData);
}

/** RFC 4514 §2.4. */
function escapeName(name: string): string {
  return name.replace(/[,+"\\<>;=#]/g, (character) => `\\${character}`);
}

export function derOf(certificatePem: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(PemConverter.decodeFirst(certificatePem));
}

/** Every certificate that a PEM text holds, in its order. */
export function dersOf(pem: string): Uint8Array<ArrayBuffer>[] {
  return PemConverter.decodeWithHeaders(pem)
    .filter(({ type }) => type === 'CERTIFICATE')
    .map(({ rawData }) => new Uint8Array(rawData));
}

export function pemOfCertificate(der: Uint8Array<ArrayBuffer>): string {
  return PemConverter.encode(der, 'CERTIFICATE');
}
