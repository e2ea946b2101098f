/** RFC 3161: the question to a timestamp authority, and what its answer proves. The same code runs in browsers. */
import { Boolean as AsnBoolean, GeneralizedTime, Integer, OctetString } from 'asn1js';
import { type Bytes, digestBytes, isSameBytes } from '../kernel/web-digest.ts';
import { chainFrom, isHolding, oid, putTogether, type SignedData, strictlyApart, takenApart } from './cms.ts';
import { der, firstByte, insideOf, integerOf, lastOf, oidIn, oidOf, rawOf, readDer, tag } from './der.ts';
import { type Certificate, isSelfIssued } from './x509.ts';

const sha256Id = '2.16.840.1.101.3.4.2.1';

/** Asks for the authority's certificate, too, so that the answer can be checked by itself. */
export function timestampQuery(digest: Bytes, nonce: Bytes): Bytes {
  const imprint = der(
    tag.sequence,
    der(tag.sequence, oidOf(sha256Id), der(tag.nothing)),
    der(tag.octets, digest),
  );
  const yes = new Uint8Array(new AsnBoolean({ value: true }).toBER());
  return der(tag.sequence, der(tag.integer, Uint8Array.of(1)), imprint, integerOf(nonce), yes);
}

/** What an authority says in a token. */
export interface TimestampInfo {
  readonly digest: Bytes;
  readonly at: Date;
  readonly nonce?: Bytes;
}

export function infoIn({ contentType, content }: SignedData): TimestampInfo | undefined {
  if (contentType !== oid.timestampInfo || !content) return undefined;
  const parts = insideOf(readDer(content).node);
  const [version, , imprint, , time] = parts;
  const [algorithm, digest] = insideOf(imprint);
  const isOurs = version instanceof Integer && version.valueBlock.valueDec === 1;
  if (!isOurs || oidIn(insideOf(algorithm)[0]) !== sha256Id) return undefined;
  if (!(digest instanceof OctetString) || !(time instanceof GeneralizedTime)) return undefined;
  const nonce = parts.slice(5).find((part) => firstByte(part) === tag.integer);
  return {
    digest: new Uint8Array(digest.valueBlock.valueHexView),
    at: time.toDate(),
    ...(nonce ? { nonce: rawOf(nonce) } : {}),
  };
}

/** Why an answer of an authority cannot be used. */
export type TokenFault = 'not-granted' | 'unreadable' | 'another-digest' | 'another-nonce' | 'does-not-hold';

/**
 * The token of an answer (TimeStampResp), in the one form that we accept: with the certificates up to a root, where
 * they lie in the answer or among `known`, and otherwise with the authority's own alone.
 */
export async function tokenOf(
  answer: Uint8Array,
  digest: Bytes,
  nonce: Bytes,
  known: readonly Certificate[] = [],
): Promise<Bytes | TokenFault> {
  const read = readAnswer(answer);
  if (typeof read === 'string') return read;
  const info = infoIn(read);
  const [signer] = read.chain;
  if (!info || !signer?.isForTimestamps) return 'unreadable';
  if (!isSameBytes(info.digest, digest)) return 'another-digest';
  if (!info.nonce || !isSameBytes(info.nonce, integerOf(nonce))) return 'another-nonce';
  const chain = chainFrom(signer, [...read.chain.slice(1), ...known]);
  const isWhole = isSelfIssued(lastOf(chain) ?? signer);
  const token = putTogether({ ...read, chain: isWhole ? chain : [signer] });
  return (await isTokenOf(token, digest)) ? token : 'does-not-hold';
}

function readAnswer(answer: Uint8Array): SignedData | TokenFault {
  try {
    const [status, token] = insideOf(readDer(answer).node);
    const [code] = insideOf(status);
    // 0 granted, 1 granted with modifications.
    if (!(code instanceof Integer)) return 'unreadable';
    if (code.valueBlock.valueDec > 1 || !token) return 'not-granted';
    return takenApart(rawOf(token)) ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Whether a token holds over bytes of that digest, by a key that is for timestamps only. */
export async function isTokenOf(token: Uint8Array, digest: Bytes): Promise<boolean> {
  const parts = strictlyApart(token);
  const info = parts && infoIn(parts);
  if (!parts?.content || !info || !isSameBytes(info.digest, digest)) return false;
  return (parts.chain[0]?.isForTimestamps ?? false) && isHolding(parts, parts.content);
}

export async function isTokenOver(token: Uint8Array, bytes: Bytes): Promise<boolean> {
  return isTokenOf(token, await digestBytes(bytes));
}
