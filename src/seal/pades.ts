/**
 * What a PAdES seal (ETSI EN 319 142-1) says of a file: which bytes it covers, and whether it holds. A seal is taken
 * apart and put together again, and must come out the same, so that no byte of it can be read in two ways.
 */
import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import {
  Set as AsnSet,
  type AsnType,
  BitString,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  ObjectIdentifier,
  OctetString,
  Sequence,
  UTCTime,
} from 'asn1js';
import { type Instant, instantOf } from '../kernel/time.ts';

export interface SealFound {
  /** From the first byte to the last, all but the seal's own place. */
  readonly coversWhole: boolean;
  /** Undefined when what stands there can be read in no way, or in two. */
  readonly seal?: Seal;
}
export interface Seal {
  /** Its signature holds over the bytes it covers. */
  readonly holds: boolean;
  /** By the authority whose certificate lies beside it, both in force at the time it names. */
  readonly isIssued: boolean;
  readonly sealedAt: Instant;
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 of the authority's certificate, hexadecimal, to be compared with the deployment's. */
  readonly authorityDigest: string;
}

/** RFC 5652 (CMS), RFC 5754, RFC 5035. */
const oid = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/** The last seal that a file names; undefined when it names none. */
export function sealOfFile(bytes: Uint8Array): SealFound | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const range = [...text.matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].at(-1);
  if (!range) return undefined;
  const [opens, closes, rest] = range.slice(1).map(Number) as [number, number, number];
  const coversWhole = range.index < opens && opens < closes && closes + rest === bytes.length;
  // One way of writing hexadecimal, and nothing but filling behind the value.
  const [, hex = ''] = /^<((?:[0-9A-F]{2})+)>$/.exec(text.slice(opens, closes)) ?? [];
  const covered = Buffer.concat([bytes.subarray(0, opens), bytes.subarray(closes)]);
  const seal = readable(() => sealIn(new Uint8Array(Buffer.from(hex, 'hex')), covered));
  return { coversWhole, ...(seal ? { seal } : {}) };
}

/** The readers of ASN.1 and of keys throw at what they cannot read. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function sealIn(filled: Uint8Array<ArrayBuffer>, covered: Uint8Array): Seal | undefined {
  const { offset, result } = fromBER(filled);
  if (offset <= 0 || filled.subarray(offset).some((byte) => byte !== 0)) return undefined;
  const parts = takenApart(result);
  if (!parts || !sameBytes(putTogether(parts).toBER(), filled.subarray(0, offset))) return undefined;
  const signer = certificateIn(parts.signer);
  const authority = certificateIn(parts.authority);
  const signingTime = attributeOf(parts, oid.signingTime);
  if (!signer || !authority || !(signingTime instanceof UTCTime || signingTime instanceof GeneralizedTime))
    return undefined;
  const sealedAt = signingTime.toDate();
  const wasInForce = [signer, authority].every(
    ({ said: { notBefore, notAfter } }) => notBefore <= sealedAt && sealedAt <= notAfter,
  );
  return {
    holds: isSignedBy(signer, signedBytes(parts), parts.signature) && namesWhatItSigns(parts, covered),
    isIssued: wasInForce && isIssuedBy(signer, authority) && isIssuedBy(authority, authority),
    sealedAt: instantOf(sealedAt.getTime()),
    subject: commonName(signer),
    issuer: commonName(authority),
    authorityDigest: digest(authority.bytes).toString('hex'),
  };
}

/** The parts of a seal that are not the same in every seal. */
interface SealParts {
  readonly signer: AsnType;
  readonly authority: AsnType;
  readonly attributes: AsnType;
  readonly signature: Uint8Array;
}

const insideOf = (node: AsnType | undefined): AsnType[] =>
  node instanceof Constructed ? (node.valueBlock.value as AsnType[]) : [];

function takenApart(contentInfo: AsnType): SealParts | undefined {
  const [signedData] = insideOf(insideOf(contentInfo)[1]);
  const [, , , certificates, signerInfos] = insideOf(signedData);
  const [signer, authority] = insideOf(certificates);
  const [, , , attributes, , signature] = insideOf(insideOf(signerInfos)[0]);
  if (!signer || !authority || !attributes || !(signature instanceof OctetString)) return undefined;
  return { signer, authority, attributes, signature: signature.valueBlock.valueHexView };
}

/** The one form of a seal of ours: SHA-256 and ECDSA, one signer, its certificate and its authority's. */
function putTogether({ signer, authority, attributes, signature }: SealParts): Sequence {
  const algorithm = (id: string) => new Sequence({ value: [new ObjectIdentifier({ value: id })] });
  const tagged = (value: AsnType[]) => new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value });
  const [, serial, , issuer] = insideOf(insideOf(signer)[0]);
  const signerInfo = new Sequence({
    value: [
      new Integer({ value: 1 }),
      new Sequence({ value: [issuer, serial].filter((part) => part !== undefined) }),
      algorithm(oid.sha256),
      tagged(insideOf(attributes)),
      algorithm(oid.ecdsaWithSha256),
      new OctetString({ valueHex: new Uint8Array(signature).buffer }),
    ],
  });
  const signedData = new Sequence({
    value: [
      new Integer({ value: 1 }),
      new AsnSet({ value: [algorithm(oid.sha256)] }),
      algorithm(oid.data),
      tagged([signer, authority]),
      new AsnSet({ value: [signerInfo] }),
    ],
  });
  return new Sequence({ value: [new ObjectIdentifier({ value: oid.signedData }), tagged([signedData])] });
}

interface Certificate {
  readonly bytes: Uint8Array;
  readonly said: X509Certificate;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly key: Uint8Array;
}

/** Undefined unless it is signed as ours are and written in one way only. */
function certificateIn(node: AsnType): Certificate | undefined {
  const [tbs, algorithm, signature] = insideOf(node);
  const [, , sameAlgorithm, , , , key] = insideOf(tbs);
  if (!tbs || !algorithm || !sameAlgorithm || !key || !(signature instanceof BitString)) return undefined;
  const isPlain =
    signature.valueBlock.unusedBits === 0 &&
    sameBytes(algorithm.toBER(), sameAlgorithm.toBER()) &&
    insideOf(algorithm)[0] instanceof ObjectIdentifier &&
    (insideOf(algorithm)[0] as ObjectIdentifier).getValue() === oid.ecdsaWithSha256;
  if (!isPlain) return undefined;
  const bytes = new Uint8Array(node.valueBeforeDecodeView);
  return {
    bytes,
    said: new X509Certificate(bytes),
    signed: tbs.valueBeforeDecodeView,
    signature: signature.valueBlock.valueHexView,
    key: key.valueBeforeDecodeView,
  };
}

const commonName = ({ said }: Certificate) => said.subjectName.getField('CN')[0] ?? said.subject;

function isIssuedBy(certificate: Certificate, authority: Certificate): boolean {
  return (
    certificate.said.issuer === authority.said.subject &&
    isSignedBy(authority, certificate.signed, certificate.signature)
  );
}

function isSignedBy({ key }: Certificate, data: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' });
  return verify('sha256', data, publicKey, signature);
}

/** RFC 5652 §5.4: the attributes are signed with the tag of a SET. */
function signedBytes({ attributes }: SealParts): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x31), attributes.valueBeforeDecodeView.subarray(1)]);
}

function attributeOf({ attributes }: SealParts, id: string): AsnType | undefined {
  const named = insideOf(attributes).filter((attribute) => {
    const [type] = insideOf(attribute);
    return type instanceof ObjectIdentifier && type.getValue() === id;
  });
  const values = insideOf(insideOf(named[0])[1]);
  return named.length === 1 && values.length === 1 ? values[0] : undefined;
}

/** The signed attributes name the covered bytes and the signer's certificate (CAdES, RFC 5126 §5.7.3). */
function namesWhatItSigns(parts: SealParts, covered: Uint8Array): boolean {
  const type = attributeOf(parts, oid.contentType);
  const message = attributeOf(parts, oid.messageDigest);
  const [[certificate] = []] = insideOf(insideOf(attributeOf(parts, oid.signingCertificateV2))[0]).map(
    insideOf,
  );
  return (
    type instanceof ObjectIdentifier &&
    type.getValue() === oid.data &&
    message instanceof OctetString &&
    sameBytes(message.valueBlock.valueHexView, digest(covered)) &&
    certificate instanceof OctetString &&
    sameBytes(certificate.valueBlock.valueHexView, digest(parts.signer.valueBeforeDecodeView))
  );
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function sameBytes(a: Uint8Array | ArrayBuffer, b: Uint8Array | ArrayBuffer): boolean {
  return Buffer.from(a as Uint8Array).equals(Buffer.from(b as Uint8Array));
}
