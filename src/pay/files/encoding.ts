/**
 * The encodings that banks take. Both runtimes decode GB 18030 and neither encodes it, so the table of the encoder is
 * made from the decoder, once.
 */
export const encodings = ['utf-8', 'utf-8-bom', 'gb18030', 'gbk'] as const;
export type Encoding = (typeof encodings)[number];

export interface Encoder {
  /** What a file begins with. */
  readonly mark: Uint8Array;
  /** Throws for what it cannot hold: ask `lacks` before. */
  encode(text: string): Uint8Array;
  /** The first character that it cannot hold. */
  lacks(text: string): string | undefined;
}

const none = new Uint8Array(0);
const loneSurrogate = /\p{Surrogate}/u;

export function encoderOf(encoding: Encoding): Encoder {
  return encoding === 'gb18030' || encoding === 'gbk' ? chinese(encoding) : unicode(encoding);
}

function unicode(encoding: 'utf-8' | 'utf-8-bom'): Encoder {
  const utf8 = new TextEncoder();
  return {
    mark: encoding === 'utf-8-bom' ? new Uint8Array([0xef, 0xbb, 0xbf]) : none,
    encode: (text) => utf8.encode(text),
    lacks: (text) => loneSurrogate.exec(text)?.[0],
  };
}

/** `gbk`: no character of four bytes, which readers older than GB 18030 would take for others. */
function chinese(encoding: 'gb18030' | 'gbk'): Encoder {
  const codeOf = (sign: string): number | undefined => {
    const point = sign.codePointAt(0) ?? 0;
    if (point < 0x80) return point;
    const code = gb18030(point);
    return encoding === 'gbk' && code !== undefined && code > 0xffff ? undefined : code;
  };
  return {
    mark: none,
    encode(text) {
      const bytes: number[] = [];
      for (const sign of text) {
        const code = codeOf(sign);
        if (code === undefined) throw new RangeError(`${encoding} has no ${JSON.stringify(sign)}`);
        if (code > 0xffff) bytes.push((code >>> 24) & 255, (code >>> 16) & 255);
        if (code > 0x7f) bytes.push((code >>> 8) & 255);
        bytes.push(code & 255);
      }
      return new Uint8Array(bytes);
    },
    lacks: (text) => [...text].find((sign) => codeOf(sign) === undefined),
  };
}

/**
 * GB 18030-2022 gave 18 characters the two bytes of private ones and moved U+1E3F; decoders of different years
 * disagree on them, and only on them.
 */
const since2022: ReadonlyMap<number, number> = new Map([
  [0x1e3f, 0xa8bc],
  [0xfe10, 0xa6d9],
  [0xfe12, 0xa6da],
  [0xfe11, 0xa6db],
  [0xfe13, 0xa6dc],
  [0xfe14, 0xa6dd],
  [0xfe15, 0xa6de],
  [0xfe16, 0xa6df],
  [0xfe17, 0xa6ec],
  [0xfe18, 0xa6ed],
  [0xfe19, 0xa6f3],
  [0x9fb4, 0xfe59],
  [0x9fb5, 0xfe61],
  [0x9fb6, 0xfe66],
  [0x9fb7, 0xfe67],
  [0x9fb8, 0xfe6d],
  [0x9fb9, 0xfe7e],
  [0x9fba, 0xfe90],
  [0x9fbb, 0xfea0],
]);

/** Undefined for surrogates and for private characters, on whose meaning no two readers agree. */
function gb18030(point: number): number | undefined {
  if (point >= 0xd800 && point <= 0xf8ff) return undefined;
  if (point >= 0x10000) return fourBytes(189_000 + point - 0x10000);
  return since2022.get(point) ?? table().get(point);
}

function fourBytes(pointer: number): number {
  const last = (pointer % 10) + 0x30;
  const third = (Math.floor(pointer / 10) % 126) + 0x81;
  const second = (Math.floor(pointer / 1260) % 10) + 0x30;
  const first = Math.floor(pointer / 12_600) + 0x81;
  return ((first << 24) | (second << 16) | (third << 8) | last) >>> 0;
}

// Four-byte codes below this one are of the basic plane.
const basicPointers = 39_420;
let known: Map<number, number> | undefined;

/** The basic plane: every code is decoded, one by one of a list that is decoded in one go. */
function table(): Map<number, number> {
  if (known) return known;
  const codes: number[] = [];
  for (let pointer = 0; pointer < basicPointers; pointer += 1) codes.push(fourBytes(pointer));
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.push((lead << 8) | trail);
  const bytes: number[] = [];
  for (const code of codes) {
    if (code > 0xffff) bytes.push((code >>> 24) & 255, (code >>> 16) & 255);
    // A line feed after each, so that a code that means nothing takes none of the next with it.
    bytes.push((code >>> 8) & 255, code & 255, 0x0a);
  }
  const texts = new TextDecoder('gb18030').decode(new Uint8Array(bytes)).split('\n');
  const made = new Map<number, number>();
  // Two bytes come last and win.
  texts.slice(0, codes.length).forEach((text, index) => {
    const point = text.codePointAt(0) ?? 0;
    if (text.length === 1 && point !== 0xfffd) made.set(point, codes[index] ?? 0);
  });
  known = made;
  return made;
}
