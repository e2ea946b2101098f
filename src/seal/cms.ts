/**
 * Signed data as seals and timestamps carry it (RFC 5652): taken apart, and put together again in the one form that we
 * accept, so that no byte of it can be read in two ways. The same code runs in browsers.
 */
import { type AsnType, OctetString } from 'asn1js';
import { type Bytes, type DigestName, digestBytes, isSameBytes, joined } from '../kernel/web-digest.ts';
import { contentOf, der, firstByte, insideOf, lastOf, oidIn, oidOf, rawOf, readDer, tag } from './der.ts';
import { type Certificate, certificateOf, isSelfIssued, isSignedBy, signatureKinds } from './x509.ts';

export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsa: '1.2.840.113549.1.1.1',
  sha1: '1.3.14.3.2.26',
} as const;
const digestIds: Readonly<Record<string, DigestName>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const idOf = (table: Readonly<Record<string, unknown>>, value: unknown) =>
  Object.keys(table).find((id) => JSON.stringify(table[id]) === JSON.stringify(value)) ?? '';

export interface SignedData {
  readonly contentType: string;
  /** What a timestamp says; a seal's content is the file around it. */
  readonly content?: Bytes;
  readonly digest: DigestName;
  /** Of the signature; its key is of the signer's certificate. */
  readonly signatureDigest: DigestName;
  /** The signer's first, then each one's issuer as far as they lie beside it. */
  readonly chain: readonly Certificate[];
  /** With the tag [0]. */
  readonly attributes: Bytes;
  readonly signature: Bytes;
}

/** Undefined for what is not signed data of one signer with SHA-2. Leaves out what nobody signed and nobody needs. */
export function takenApart(bytes: Uint8Array): SignedData | undefined {
  const { node } = readDer(bytes);
  const [type, wrapped] = insideOf(node);
  if (oidIn(type) !== oid.signedData) return undefined;
  const parts = insideOf(insideOf(wrapped)[0]);
  const [contentType, content] = insideOf(parts[2]);
  const certificates = insideOf(parts.find((part) => firstByte(part) === 0xa0)).map((one) =>
    certificateOf(rawOf(one)),
  );
  const [signerInfo, ...others] = insideOf(lastOf(parts));
  const [, signerId, digestAlgorithm, attributes, signatureAlgorithm, signature] = insideOf(signerInfo);
  const digest = digestIds[oidIn(insideOf(digestAlgorithm)[0]) ?? ''];
  const signatureId = oidIn(insideOf(signatureAlgorithm)[0]) ?? '';
  const signatureDigest = signatureId === oid.rsa ? digest : signatureKinds[signatureId]?.digest;
  const signer = certificates.find((one) => one && signerId && isSameBytes(signerIdOf(one), rawOf(signerId)));
  const isReadable =
    others.length === 0 && firstByte(attributes) === 0xa0 && signature instanceof OctetString && signer;
  if (!isReadable || !attributes || !digest || !signatureDigest) return undefined;
  const said = insideOf(content)[0];
  return {
    contentType: oidIn(contentType) ?? '',
    ...(said instanceof OctetString ? { content: octetsOf(said) } : {}),
    digest,
    signatureDigest,
    chain: chainFrom(
      signer,
      certificates.filter((one) => one !== undefined),
    ),
    attributes: rawOf(attributes),
    signature: new Uint8Array(signature.valueBlock.valueHexView),
  };
}

/** In one piece, as DER has it, or in several, as some authorities write. */
function octetsOf(node: OctetString): Bytes {
  if (!node.idBlock.isConstructed) return contentOf(node);
  return joined(...(node.valueBlock.value as OctetString[]).map(contentOf));
}

/** Each one's issuer by name; nobody is asked twice. */
export function chainFrom(signer: Certificate, others: readonly Certificate[]): readonly Certificate[] {
  const chain = [signer];
  for (let last = signer; !isSelfIssued(last); ) {
    const issuer = others.find(
      (one) => isSameBytes(one.subject, last.issuer) && !chain.some((known) => known === one),
    );
    if (!issuer) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

const signerIdOf = ({ issuer, serial }: Certificate) => der(tag.sequence, issuer, serial);

/** The one form. A seal's algorithms stand without parameters; with RSA a timestamp's say NULL, as RFC 4055 asks. */
export function putTogether(parts: SignedData): Bytes {
  const [signer] = parts.chain;
  if (!signer) throw new TypeError('nobody signed');
  const isTimestamp = parts.contentType === oid.timestampInfo;
  const digest = der(tag.sequence, oidOf(idOf(digestIds, parts.digest)));
  const kind = oidOf(idOf(signatureKinds, { key: signer.keyKind, digest: parts.signatureDigest }));
  const withNull = isTimestamp && signer.keyKind === 'RSA';
  const version = (number: number) => der(tag.integer, Uint8Array.of(number));
  const signerInfo = der(
    tag.sequence,
    version(1),
    signerIdOf(signer),
    digest,
    der(0xa0, contentOf(readDer(parts.attributes).node)),
    der(tag.sequence, kind, ...(withNull ? [der(tag.nothing)] : [])),
    der(tag.octets, parts.signature),
  );
  const content = parts.content ? [der(0xa0, der(tag.octets, parts.content))] : [];
  const signedData = der(
    tag.sequence,
    version(isTimestamp ? 3 : 1),
    der(tag.set, digest),
    der(tag.sequence, oidOf(parts.contentType), ...content),
    der(0xa0, ...parts.chain.map(({ bytes }) => bytes)),
    der(tag.set, signerInfo),
  );
  return der(tag.sequence, oidOf(oid.signedData), der(0xa0, signedData));
}

/** Read, and written as nothing else could be. */
export function strictlyApart(bytes: Uint8Array): SignedData | undefined {
  const parts = takenApart(bytes);
  return parts && isSameBytes(putTogether(parts), bytes) ? parts : undefined;
}

/** What stands once under a signed attribute; undefined when it is missing or there twice. */
export function attributeOf({ attributes }: SignedData, id: string): AsnType | undefined {
  const named = insideOf(readDer(attributes).node).filter((one) => oidIn(insideOf(one)[0]) === id);
  const values = insideOf(insideOf(named[0])[1]);
  return named.length === 1 && values.length === 1 ? values[0] : undefined;
}

/** The signature holds, and names what it signs and the signer's certificate (RFC 5652 §5.4, RFC 5035 §4). */
export async function isHolding(parts: SignedData, content: Bytes): Promise<boolean> {
  const [signer] = parts.chain;
  const message = attributeOf(parts, oid.messageDigest);
  if (!signer || !(message instanceof OctetString)) return false;
  return (
    oidIn(attributeOf(parts, oid.contentType)) === parts.contentType &&
    isSameBytes(message.valueBlock.valueHexView, await digestBytes(content, parts.digest)) &&
    (await namesItsSigner(parts, signer)) &&
    (await isSignedBy(
      signer,
      { key: signer.keyKind, digest: parts.signatureDigest },
      // The attributes are signed with the tag of a SET.
      der(tag.set, contentOf(readDer(parts.attributes).node)),
      parts.signature,
    ))
  );
}

async function namesItsSigner(parts: SignedData, signer: Certificate): Promise<boolean> {
  const second = attributeOf(parts, oid.signingCertificateV2);
  const named = second ?? attributeOf(parts, oid.signingCertificate);
  const [first] = insideOf(insideOf(named)[0]);
  const members = insideOf(first);
  const said = oidIn(insideOf(members[0])[0]);
  const digest = second ? (said ? digestIds[said] : 'SHA-256') : 'SHA-1';
  const hash = said ? members[1] : members[0];
  return (
    digest !== undefined &&
    hash instanceof OctetString &&
    isSameBytes(hash.valueBlock.valueHexView, await digestBytes(signer.bytes, digest))
  );
}
