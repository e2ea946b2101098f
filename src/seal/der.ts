/** The one form of DER (X.690) that our seals are written in, and the signature forms that WebCrypto wants. */
import { type AsnType, Constructed, fromBER, ObjectIdentifier } from 'asn1js';
import { type Bytes, isSameBytes, joined } from '../kernel/web-digest.ts';

export const tag = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A value with its tag and the shortest length. */
export function der(tagByte: number, ...parts: readonly Uint8Array[]): Bytes {
  const value = joined(...parts);
  const digits: number[] = [];
  for (let rest = value.length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  const length = value.length < 128 ? [value.length] : [0x80 + digits.length, ...digits];
  return joined(Uint8Array.of(tagByte, ...length), value);
}

export function oidOf(id: string): Bytes {
  return new Uint8Array(new ObjectIdentifier({ value: id }).toBER());
}

/** The value at the beginning of the bytes; throws when there is none. */
export function readDer(bytes: Uint8Array): { node: AsnType; length: number } {
  const { offset, result } = fromBER(new Uint8Array(bytes));
  if (offset <= 0) throw new TypeError('no ASN.1 value stands here');
  return { node: result, length: offset };
}

export function insideOf(node: AsnType | undefined): AsnType[] {
  return node instanceof Constructed ? (node.valueBlock.value as AsnType[]) : [];
}

/** As it stood in the file, tag and length included. */
export function rawOf(node: AsnType): Bytes {
  return new Uint8Array(node.valueBeforeDecodeView);
}

/** Without tag and length. */
export function contentOf(node: AsnType): Bytes {
  const raw = rawOf(node);
  return raw.slice(node.idBlock.blockLength + node.lenBlock.blockLength);
}

export function oidIn(node: AsnType | undefined): string | undefined {
  return node instanceof ObjectIdentifier ? node.getValue() : undefined;
}

export function firstByte(node: AsnType | undefined): number | undefined {
  return node?.valueBeforeDecodeView[0];
}

/** ECDSA: r ‖ s of `size` bytes each, from DER (RFC 3279 §2.2.3); undefined when that is written in any other way. */
export function rawSignature(signature: Uint8Array, size: number): Bytes | undefined {
  const { node } = readDer(signature);
  const [r, s, ...more] = insideOf(node).map(contentOf);
  if (!r || !s || more.length > 0) return undefined;
  const whole = [r, s].map((number) => {
    const digits = number[0] === 0 ? number.slice(1) : number;
    return digits.length > size ? undefined : joined(new Uint8Array(size - digits.length), digits);
  });
  const [left, right] = whole;
  if (!left || !right) return undefined;
  const isPlain = isSameBytes(der(tag.sequence, integerOf(left), integerOf(right)), signature);
  return isPlain ? joined(left, right) : undefined;
}

/** A positive INTEGER in as few bytes as it needs. */
export function integerOf(digits: Uint8Array): Bytes {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === 0) start += 1;
  const plain = digits.subarray(start);
  return (plain[0] ?? 0) >= 0x80
    ? der(tag.integer, Uint8Array.of(0), plain)
    : der(tag.integer, plain.length === 0 ? Uint8Array.of(0) : plain);
}

/** Browsers that we serve lack `at`. */
export function lastOf<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1];
}
