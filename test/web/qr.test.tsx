/** A QR code on a page is read by an independent reader, and says in words what it is. */
import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { QrCode } from '../../src/web/qr.tsx';

/** Draws the code as a camera would see it, four pixels a module. */
function photographed(svg: string) {
  const modules = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const side = modules * 4;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x = '', y = '', width = ''] of svg.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row += 1) {
      const from = (row * side + Number(x) * 4) * 4;
      for (let at = from; at < from + Number(width) * 16; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  return { pixels, side };
}

// jsqr is CommonJS: its function is the default of its default.
const read = ((jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr) as unknown as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null;

test.each([
  'https://work.example.com/join/01900000-0000-7000-8000-000000000001/3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  `https://work.example.com/verify?t=${'eyJhbGciOiJFZERTQSJ9.'.repeat(20)}`,
])('what is drawn reads as what was said: %#', (text) => {
  const svg = String(<QrCode text={text} title="Link" />);
  const { pixels, side } = photographed(svg);
  expect(read(pixels, side, side)?.data).toBe(text);
});

test('its title is escaped and read out', () => {
  const svg = String(<QrCode text="x" title={'A "B" <c>'} size={120} />);
  expect(svg).toContain('role="img" aria-label="A &quot;B&quot; &lt;c&gt;"');
  expect(svg).toContain('width="120" height="120"');
});
