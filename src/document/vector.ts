/** Outlines of characters and of strokes as path operators of PDF. Pure. */
import type { FontFace, Outline } from './fonts.ts';
import { round } from './page.ts';

type Point = readonly [number, number];
type Transform = (point: Point) => Point;

/** Turned by `angle` (counter-clockwise), then moved to `at`; lengths times `size`. */
export function placedAt(size: number, angle: number, [x, y]: Point): Transform {
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  return ([px, py]) => [x + px * cos - py * sin, y + px * sin + py * cos];
}

/** One character, to be filled; its baseline begins at the origin of the transform. */
export function characterPath(face: FontFace, character: string, transform: Transform): string {
  return pathOf(face.outline(character.codePointAt(0) ?? 0), transform);
}

function pathOf(commands: readonly Outline[], transform: Transform): string {
  let from: Point = [0, 0];
  const parts: string[] = [];
  for (const { command, args } of commands) {
    const points = pairs(args);
    const end = points.at(-1) ?? from;
    if (command === 'moveTo') parts.push(`${say(transform(end))} m`);
    else if (command === 'lineTo') parts.push(`${say(transform(end))} l`);
    else if (command === 'closePath') parts.push('h');
    else parts.push(`${cubic(from, points).map(transform).map(say).join(' ')} c`);
    from = end;
  }
  return parts.join(' ');
}

/** PDF knows cubic curves only. */
function cubic(from: Point, points: readonly Point[]): Point[] {
  const [first = from, second = from, third] = points;
  if (third) return [first, second, third];
  const towards = ([x, y]: Point): Point => [x + (2 / 3) * (first[0] - x), y + (2 / 3) * (first[1] - y)];
  return [towards(from), towards(second), second];
}

function pairs(numbers: readonly number[]): Point[] {
  return Array.from(
    { length: numbers.length / 2 },
    (_, index): Point => [numbers[2 * index] ?? 0, numbers[2 * index + 1] ?? 0],
  );
}

const say = ([x, y]: Point) => `${round(x)} ${round(y)}`;

/** A circle of four curves. */
export function circle([x, y]: Point, radius: number): string {
  const k = radius * 0.5523;
  const at = (dx: number, dy: number) => say([x + dx, y + dy]);
  return [
    `${at(radius, 0)} m`,
    `${at(radius, k)} ${at(k, radius)} ${at(0, radius)} c`,
    `${at(-k, radius)} ${at(-radius, k)} ${at(-radius, 0)} c`,
    `${at(-radius, -k)} ${at(-k, -radius)} ${at(0, -radius)} c`,
    `${at(k, -radius)} ${at(radius, -k)} ${at(radius, 0)} c h`,
  ].join(' ');
}

/** A five-pointed star, one point up. */
export function star([x, y]: Point, radius: number): string {
  // The inner corners of a regular pentagram.
  const inner = radius * 0.381966;
  const corners = Array.from({ length: 10 }, (_, index): Point => {
    const angle = Math.PI / 2 + (index * Math.PI) / 5;
    const reach = index % 2 === 0 ? radius : inner;
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  });
  return corners
    .map((corner, index) => `${say(corner)} ${index === 0 ? 'm' : 'l'}`)
    .join(' ')
    .concat(' h');
}

/** A smooth line through the points (Catmull-Rom), to be stroked; one point alone is a dot. */
export function smoothPath(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return '';
  if (points.length === 1) return `${say(first)} m ${say(first)} l`;
  const at = (index: number) => points[Math.max(0, Math.min(points.length - 1, index))] ?? first;
  const curves = points.slice(1).map((to, index) => {
    const [before, from, after] = [at(index - 1), at(index), at(index + 2)];
    const one: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const two: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return `${say(one)} ${say(two)} ${say(to)} c`;
  });
  return `${say(first)} m ${curves.join(' ')}`;
}
