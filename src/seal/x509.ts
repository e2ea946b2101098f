/** Certificates as a verifier reads them (RFC 5280): whose key, by whom, from when to when, and whether that holds. */
import {
  Boolean as AsnBoolean,
  type AsnType,
  BitString,
  GeneralizedTime,
  OctetString,
  UTCTime,
} from 'asn1js';
import { type Bytes, type DigestName, digestBytes, hexOf, isSameBytes } from '../kernel/web-digest.ts';
import {
  contentOf,
  der,
  firstByte,
  insideOf,
  lastOf,
  oidIn,
  rawOf,
  rawSignature,
  readDer,
  tag,
} from './der.ts';

export interface SignatureKind {
  readonly key: 'RSA' | 'EC';
  readonly digest: DigestName;
}

/** RFC 5754, RFC 5758. SHA-1 counts only where an old root signs itself: nobody relies on that signature. */
export const signatureKinds: Readonly<Record<string, SignatureKind>> = {
  '1.2.840.113549.1.1.5': { key: 'RSA', digest: 'SHA-1' },
  '1.2.840.113549.1.1.11': { key: 'RSA', digest: 'SHA-256' },
  '1.2.840.113549.1.1.12': { key: 'RSA', digest: 'SHA-384' },
  '1.2.840.113549.1.1.13': { key: 'RSA', digest: 'SHA-512' },
  '1.2.840.10045.4.3.2': { key: 'EC', digest: 'SHA-256' },
  '1.2.840.10045.4.3.3': { key: 'EC', digest: 'SHA-384' },
  '1.2.840.10045.4.3.4': { key: 'EC', digest: 'SHA-512' },
};
const curves: Readonly<Record<string, { name: string; size: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', size: 32 },
  '1.3.132.0.34': { name: 'P-384', size: 48 },
  '1.3.132.0.35': { name: 'P-521', size: 66 },
};
const oid = {
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  rsa: '1.2.840.113549.1.1.1',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;

export interface Certificate {
  readonly bytes: Bytes;
  /** The part that its issuer signed. */
  readonly signed: Bytes;
  readonly signature: Bytes;
  readonly kind: SignatureKind;
  readonly serial: Bytes;
  readonly issuer: Bytes;
  readonly subject: Bytes;
  readonly subjectName: string;
  readonly issuerName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: Bytes;
  readonly keyKind: 'RSA' | 'EC';
  readonly curve?: { readonly name: string; readonly size: number };
  readonly isAuthority: boolean;
  readonly maySignCertificates: boolean;
  readonly maySignDocuments: boolean;
  /** Only and critically for timestamps, as RFC 3161 §2.3 asks. */
  readonly isForTimestamps: boolean;
}

/** Undefined for what is no certificate, is signed in a way that we do not know, or is written in more than one way. */
export function certificateOf(bytes: Uint8Array): Certificate | undefined {
  const { node, length } = readDer(bytes);
  const [tbs, algorithm, signature, ...more] = insideOf(node);
  if (!tbs || !algorithm || !(signature instanceof BitString) || more.length > 0 || length !== bytes.length)
    return undefined;
  const parts = insideOf(tbs);
  const [serial, inner, issuer, validity, subject, key] =
    firstByte(parts[0]) === 0xa0 ? parts.slice(1) : parts;
  const kind = signatureKinds[oidIn(insideOf(algorithm)[0]) ?? ''];
  const times = insideOf(validity).map(dateOf);
  const [notBefore, notAfter] = times;
  if (!serial || !inner || !issuer || !subject || !key || !kind || !notBefore || !notAfter) return undefined;
  const value = signature.valueBlock.valueHexView;
  const isPlain =
    signature.valueBlock.unusedBits === 0 &&
    isSameBytes(rawOf(algorithm), rawOf(inner)) &&
    isSameBytes(
      der(tag.sequence, rawOf(tbs), rawOf(algorithm), der(tag.bits, Uint8Array.of(0), value)),
      bytes,
    );
  const keyed = keyKindOf(key);
  if (!isPlain || !keyed) return undefined;
  return {
    bytes: new Uint8Array(bytes),
    signed: rawOf(tbs),
    signature: new Uint8Array(value),
    kind,
    serial: rawOf(serial),
    issuer: rawOf(issuer),
    subject: rawOf(subject),
    subjectName: nameIn(subject),
    issuerName: nameIn(issuer),
    notBefore,
    notAfter,
    key: rawOf(key),
    ...keyed,
    ...usesOf(extensionsIn(parts)),
  };
}

function dateOf(node: AsnType): Date | undefined {
  return node instanceof UTCTime || node instanceof GeneralizedTime ? node.toDate() : undefined;
}

function keyKindOf(key: AsnType): Pick<Certificate, 'keyKind' | 'curve'> | undefined {
  const [kind, parameter] = insideOf(insideOf(key)[0]).map(oidIn);
  if (kind === oid.rsa) return { keyKind: 'RSA' };
  const curve = curves[parameter ?? ''];
  return curve ? { keyKind: 'EC', curve } : undefined;
}

/** The common name, or the organisation where there is none. */
function nameIn(name: AsnType): string {
  const parts = insideOf(name).flatMap((set) => insideOf(set).map(insideOf));
  const named = (id: string) => parts.find(([type]) => oidIn(type) === id)?.[1];
  const value = named(oid.commonName) ?? named(oid.organisation);
  return value ? String((value.valueBlock as { value?: unknown }).value ?? '') : '';
}

interface Extension {
  readonly isCritical: boolean;
  readonly value: AsnType;
}

function extensionsIn(tbs: readonly AsnType[]): Map<string, Extension> {
  const [list] = insideOf(tbs.find((part) => firstByte(part) === 0xa3));
  return new Map(
    insideOf(list).map((extension) => {
      const parts = insideOf(extension);
      const value = lastOf(parts);
      const inner = value instanceof OctetString ? readDer(value.valueBlock.valueHexView).node : extension;
      const isCritical = parts[1] instanceof AsnBoolean && parts[1].valueBlock.value;
      return [oidIn(parts[0]) ?? '', { isCritical, value: inner }];
    }),
  );
}

function usesOf(extensions: ReadonlyMap<string, Extension>) {
  const [authority] = insideOf(extensions.get(oid.basicConstraints)?.value);
  const usage = extensions.get(oid.keyUsage)?.value;
  const bits = usage ? (contentOf(usage)[1] ?? 0) : 0xff;
  const extended = extensions.get(oid.extendedKeyUsage);
  const purposes = insideOf(extended?.value).map(oidIn);
  return {
    isAuthority: authority instanceof AsnBoolean && authority.valueBlock.value,
    maySignCertificates: (bits & 0x04) !== 0,
    maySignDocuments: (bits & 0xc0) !== 0,
    isForTimestamps:
      extended?.isCritical === true && purposes.length === 1 && purposes[0] === oid.timeStamping,
  };
}

export async function isSignedBy(
  signer: Certificate,
  kind: SignatureKind,
  data: Bytes,
  signature: Uint8Array,
): Promise<boolean> {
  if (kind.key !== signer.keyKind) return false;
  const hash = kind.digest;
  if (!signer.curve) {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash };
    const key = await crypto.subtle.importKey('spki', signer.key, algorithm, false, ['verify']);
    return crypto.subtle.verify(algorithm.name, key, new Uint8Array(signature), data);
  }
  const raw = rawSignature(signature, signer.curve.size);
  if (!raw) return false;
  const algorithm = { name: 'ECDSA', namedCurve: signer.curve.name };
  const key = await crypto.subtle.importKey('spki', signer.key, algorithm, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash }, key, raw, data);
}

export async function isIssuedBy(certificate: Certificate, authority: Certificate): Promise<boolean> {
  const isRoot = isSameBytes(certificate.bytes, authority.bytes);
  return (
    isSameBytes(certificate.issuer, authority.subject) &&
    (certificate.kind.digest !== 'SHA-1' || isRoot) &&
    (await isSignedBy(authority, certificate.kind, certificate.signed, certificate.signature))
  );
}

export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return isSameBytes(issuer, subject);
}

/** From the signer upwards, each issued by the next, the last by itself; all in force at that time. */
export async function isWholeChain(chain: readonly Certificate[], at: Date): Promise<boolean> {
  for (const [index, certificate] of chain.entries()) {
    if (certificate.notBefore > at || at > certificate.notAfter) return false;
    const issuer = chain[index + 1] ?? certificate;
    if (!issuer.isAuthority || !issuer.maySignCertificates) return false;
    if (!(await isIssuedBy(certificate, issuer))) return false;
  }
  return chain.length > 0;
}

/** SHA-256 of a certificate, hexadecimal, as `openssl x509 -fingerprint -sha256` shows it without colons. */
export async function fingerprintOf(certificate: { readonly bytes: Bytes }): Promise<string> {
  return hexOf(await digestBytes(certificate.bytes));
}
