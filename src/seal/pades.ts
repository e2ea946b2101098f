/**
 * What the seals and timestamps in a file say (PAdES, ETSI EN 319 142-1): which bytes each covers, and whether it holds.
 * The same code runs on the server, on the command line and in browsers.
 */
import { GeneralizedTime, UTCTime } from 'asn1js';
import { type Bytes, bytesOfHex, joined } from '../kernel/web-digest.ts';
import { attributeOf, isHolding, oid, type SignedData, strictlyApart } from './cms.ts';
import { lastOf, readDer } from './der.ts';
import { infoIn, isTokenOver } from './timestamp-token.ts';
import { fingerprintOf, isSelfIssued, isWholeChain } from './x509.ts';

/** One signature dictionary of a file, in the order in which they were added. */
export interface SealFound {
  /** From the first byte to `end`, all but the signature's own place. */
  readonly end: number;
  /** Undefined when what stands there can be read in no way, or in two. */
  readonly seal?: Seal;
}
export interface Seal {
  readonly kind: 'seal' | 'timestamp';
  /** Its signature holds over the bytes it covers. */
  readonly holds: boolean;
  /** Up to a root whose certificate lies beside it, all in force at the time it names. */
  readonly isIssued: boolean;
  /** Whether the certificates reach a root at all. */
  readonly reachesRoot: boolean;
  readonly at: Date;
  readonly subject: string;
  readonly issuer: string;
  readonly certificateDigest: string;
  /** SHA-256 of the last certificate of the chain, hexadecimal, to be compared with whom the reader trusts. */
  readonly authorityDigest: string;
}

/** Every signature that a file names, the outermost last. */
export async function sealsOfFile(bytes: Bytes): Promise<readonly SealFound[]> {
  const text = new TextDecoder('latin1').decode(bytes);
  const found: SealFound[] = [];
  for (const range of text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)) {
    const [from, opens, closes, rest] = range.slice(1).map(Number) as [number, number, number, number];
    const end = closes + rest;
    const isPlaced = from === 0 && range.index < opens && opens < closes && end <= bytes.length;
    // One way of writing hexadecimal, and nothing but filling behind the value.
    const [, hex] = (isPlaced && /^<((?:[0-9A-F]{2})+)>$/.exec(text.slice(opens, closes))) || [];
    const covered = joined(bytes.subarray(0, opens), bytes.subarray(closes, end));
    const seal = hex === undefined ? undefined : await sealIn(bytesOfHex(hex), covered).catch(unreadable);
    found.push({ end: isPlaced ? end : 0, ...(seal ? { seal } : {}) });
  }
  return found.sort((a, b) => a.end - b.end);
}

/** The readers of ASN.1 and of keys throw at what they cannot read. */
const unreadable = () => undefined;

/** The signed data of a signature's place, without the zeros that fill it; undefined when anything else fills it. */
export function unfilled(filled: Bytes): Bytes | undefined {
  const { length } = readDer(filled);
  return filled.subarray(length).every((byte) => byte === 0) ? filled.slice(0, length) : undefined;
}

async function sealIn(filled: Bytes, covered: Bytes): Promise<Seal | undefined> {
  const token = unfilled(filled);
  const parts = token && strictlyApart(token);
  if (!token || !parts) return undefined;
  const isTimestamp = parts.contentType === oid.timestampInfo;
  const at = isTimestamp ? infoIn(parts)?.at : signingTimeOf(parts);
  const [signer] = parts.chain;
  const last = lastOf(parts.chain);
  const isSealOrTime = isTimestamp || (parts.contentType === oid.data && !parts.content);
  if (!at || !signer || !last || !isSealOrTime) return undefined;
  const holds = isTimestamp ? await isTokenOver(token, covered) : await isHolding(parts, covered);
  const fits = isTimestamp ? signer.isForTimestamps : signer.maySignDocuments && !signer.isAuthority;
  const reachesRoot = isSelfIssued(last);
  return {
    kind: isTimestamp ? 'timestamp' : 'seal',
    holds: holds && fits,
    isIssued: reachesRoot && (await isWholeChain(parts.chain, at)),
    reachesRoot,
    at,
    subject: signer.subjectName,
    issuer: reachesRoot ? last.subjectName : last.issuerName,
    certificateDigest: await fingerprintOf(signer),
    authorityDigest: await fingerprintOf(last),
  };
}

function signingTimeOf(parts: SignedData): Date | undefined {
  const time = attributeOf(parts, oid.signingTime);
  return time instanceof UTCTime || time instanceof GeneralizedTime ? time.toDate() : undefined;
}
