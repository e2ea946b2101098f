/**
 * What marks look like, as path operators. The seal follows the custom for company seals (国发〔1999〕25号: round, a star in
 * the middle, the name around it from left to right); the mark is decoration, the proof is the PAdES seal.
 */
import type { VerifiedEmployer } from '../employer/verified-employer.ts';
import type { FontFace } from './fonts.ts';
import type { Strokes } from './mark.ts';
import { type Faces, tidy } from './type-setting.ts';
import { characterPath, circle, placedAt, smoothPath, star } from './vector.ts';

const red = '0.8 0.07 0.1';
const pen = '0.06 0.11 0.33';

/** Draws into a square of this many points. */
export const sealSize = 98;

/** `bold` has the characters of the name, or the caller has refused it before. */
export function drawSeal({ name, registrationCode }: VerifiedEmployer, bold: Faces): string {
  const centre = [sealSize / 2, sealSize / 2] as const;
  const radius = sealSize / 2 - 2;
  return [
    `${red} RG ${red} rg 2.4 w ${circle(centre, radius)} S`,
    `${star(centre, radius * 0.3)} f`,
    `${upperArc([...tidy(name)], bold, centre, radius)} f`,
    `${lowerArc([...registrationCode], bold, centre, radius)} f`,
  ].join('\n');
}

/** The name from left to right over at most three quarters of the circle, smaller when it is long. */
function upperArc(
  characters: readonly string[],
  faces: Faces,
  centre: readonly [number, number],
  radius: number,
): string {
  const arc = Math.min((250 / 180) * Math.PI, characters.length * 0.42);
  const step = characters.length > 1 ? arc / (characters.length - 1) : 0;
  const size = Math.min(14, Math.max(5, step * radius * 0.8 || 14));
  const reach = radius - size - 1.5;
  return characters
    .map((character, index) => {
      const angle = Math.PI / 2 + arc / 2 - index * step;
      return upright(character, faces, centre, reach, angle, size, angle - Math.PI / 2);
    })
    .join(' ');
}

/** The code below, small, its feet outwards so that it reads from left to right, too. */
function lowerArc(
  characters: readonly string[],
  faces: Faces,
  centre: readonly [number, number],
  radius: number,
): string {
  const size = 5.2;
  const step = (size * 0.78) / (radius - 6);
  const arc = (characters.length - 1) * step;
  return characters
    .map((character, index) => {
      const angle = -Math.PI / 2 - arc / 2 + index * step;
      return upright(character, faces, centre, radius - 4.5, angle, size, angle + Math.PI / 2);
    })
    .join(' ');
}

function upright(
  character: string,
  { cjk, latin, rare }: Faces,
  [x, y]: readonly [number, number],
  reach: number,
  angle: number,
  size: number,
  turn: number,
): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const order = codePoint < 0x2e80 ? [latin, cjk, ...rare] : [cjk, latin, ...rare];
  const face = order.find((one) => one.advance(codePoint) !== undefined) as FontFace | undefined;
  if (!face) return '';
  const half = ((face.advance(codePoint) ?? 0) * size) / 2;
  const foot = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)] as const;
  const start = [foot[0] - half * Math.cos(turn), foot[1] - half * Math.sin(turn)] as const;
  return characterPath(face, character, placedAt(size, turn, start));
}

/** Strokes fitted into a field and centred there, as large as their shape allows. */
export function drawStrokes({ strokes }: Strokes, width: number, height: number): string {
  const all = strokes.flat();
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, top] = [least(xs), least(ys)];
  const [wide, high] = [most(xs) - left, most(ys) - top];
  const inset = 3;
  const scale = Math.min(
    wide > 0 ? (width - 2 * inset) / wide : Number.POSITIVE_INFINITY,
    high > 0 ? (height - 2 * inset) / high : Number.POSITIVE_INFINITY,
  );
  const unit = Number.isFinite(scale) ? scale : 1;
  const place = ([x, y]: readonly [number, number]) =>
    [
      (width - wide * unit) / 2 + (x - left) * unit,
      // A screen counts downwards, a page upwards.
      (height + high * unit) / 2 - (y - top) * unit,
    ] as const;
  const paths = strokes.map((stroke) => `${smoothPath(stroke.map(place))} S`);
  return [`${pen} RG 1.5 w 1 J 1 j`, ...paths].join('\n');
}

// Spreading a long list into arguments overflows the stack.
const least = (values: readonly number[]) =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
