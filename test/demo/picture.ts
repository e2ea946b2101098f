/** Pictures of documents that are plainly specimens: drawn here, as real PNG files. */
import { type Colour, pngOf } from '../support/picture.ts';

const paper: Colour = [232, 240, 247];
const ink: Colour = [38, 52, 74];
const quiet: Colour = [168, 184, 202];
const red: Colour = [196, 62, 58];

/** Five rows a sign from the top, a digit of base 32 each: three pixels wide, or five where a row needs them. */
const signs: Readonly<Record<string, string>> = {
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71717',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71122',
  '8': '75757',
  '9': '75717',
  A: '25755',
  B: '65656',
  C: '34443',
  D: '65556',
  E: '74647',
  F: '74644',
  G: '34553',
  H: '55755',
  I: '72227',
  J: '11152',
  K: '55655',
  L: '44447',
  M: 'hrlhh',
  N: 'hpljh',
  O: '25552',
  P: '65644',
  Q: '25563',
  R: '65655',
  S: '34216',
  T: '72222',
  U: '55557',
  V: '55552',
  W: 'hhlrh',
  X: '55255',
  Y: '55222',
  Z: '71247',
  ' ': '00000',
};

class Canvas {
  readonly #pixels: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
    colour: Colour,
  ) {
    this.#pixels = new Uint8Array(width * height * 3);
    this.box(0, 0, width, height, colour);
  }

  box(x: number, y: number, width: number, height: number, colour: Colour): void {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row += 1)
      for (let column = Math.max(0, x); column < Math.min(this.width, x + width); column += 1)
        this.#pixels.set(colour, (row * this.width + column) * 3);
  }

  disc(x: number, y: number, radius: number, colour: Colour): void {
    for (let row = -radius; row <= radius; row += 1) {
      const half = Math.round(Math.sqrt(radius * radius - row * row));
      this.box(x - half, y + row, 2 * half, 1, colour);
    }
  }

  text(words: string, x: number, y: number, size: number, colour: Colour): void {
    let left = x;
    for (const character of words) {
      const rows = [...(signs[character] ?? '00000')].map((digit) => Number.parseInt(digit, 32));
      const columns = rows.some((bits) => bits > 7) ? 5 : 3;
      for (const [row, bits] of rows.entries())
        for (let column = 0; column < columns; column += 1)
          if (bits & (1 << (columns - 1 - column)))
            this.box(left + column * size, y + row * size, size, size, colour);
      left += (columns + 1) * size;
    }
  }

  png(): Uint8Array<ArrayBuffer> {
    const rows = Buffer.alloc(this.height * (this.width * 3 + 1));
    for (let row = 0; row < this.height; row += 1)
      rows.set(
        this.#pixels.subarray(row * this.width * 3, (row + 1) * this.width * 3),
        row * (this.width * 3 + 1) + 1,
      );
    return pngOf(this.width, this.height, rows);
  }
}

function card(title: string): Canvas {
  const canvas = new Canvas(640, 404, paper);
  canvas.box(0, 0, 640, 64, ink);
  canvas.text(title, 28, 20, 5, paper);
  canvas.text('SPECIMEN', 28, 340, 9, red);
  return canvas;
}

/** The side with the face and the number. */
export function documentFront(title: string, number: string): Uint8Array<ArrayBuffer> {
  const canvas = card(title);
  canvas.box(460, 96, 150, 190, quiet);
  canvas.disc(535, 165, 42, ink);
  canvas.disc(535, 286, 68, ink);
  canvas.box(460, 286, 150, 70, paper);
  for (const [row, width] of [240, 170, 360].entries()) canvas.box(28, 104 + row * 44, width, 18, quiet);
  canvas.text(number, 28, 262, 5, ink);
  return canvas.png();
}

export function documentBack(title: string, number: string): Uint8Array<ArrayBuffer> {
  const canvas = card(title);
  canvas.disc(100, 170, 58, red);
  for (const [row, width] of [330, 260, 330].entries()) canvas.box(200, 120 + row * 44, width, 18, quiet);
  // Something of its own, so that no two people show the same bytes.
  canvas.text(number.slice(-4), 200, 262, 5, quiet);
  return canvas.png();
}

/** A photo taken against the light: nothing can be read on it. */
export function unreadable(number: string): Uint8Array<ArrayBuffer> {
  const canvas = new Canvas(640, 404, [247, 248, 250]);
  canvas.disc(300, 200, 180, [255, 255, 255]);
  canvas.text(number.slice(-4), 28, 262, 5, [244, 246, 249]);
  return canvas.png();
}

export function businessLicence(code: string): Uint8Array<ArrayBuffer> {
  const canvas = card('BUSINESS LICENCE');
  for (const [row, width] of [420, 300, 380].entries()) canvas.box(28, 104 + row * 44, width, 18, quiet);
  canvas.text(code, 28, 262, 6, ink);
  return canvas.png();
}
