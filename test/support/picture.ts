/** Small real pictures without a picture library: a PNG of one colour with a darker band, enough to tell sides apart. */
import { deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

export function picture(width: number, height: number, [red, green, blue]: Colour): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // A light ground, a band of the colour, and a block where a face would be.
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      const band =
        y < height * 0.22 || (x > width * 0.66 && x < width * 0.92 && y > height * 0.34 && y < height * 0.88);
      rows.set(band ? [red, green, blue] : [244, 240, 230], at);
    }
  }
  return pngOf(width, height, rows);
}

/** `rows`: for each row a zero (no filter) and three bytes a pixel. */
export function pngOf(width: number, height: number, rows: Buffer): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** zlib's own came with Node 22. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
