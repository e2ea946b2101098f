/** Laid-out pages as data: what stands where, and which part of the document's structure it belongs to. Lengths are points, the origin is bottom left. */
import { round } from './place.ts';
import type { Line } from './type-setting.ts';

export { type Place, round } from './place.ts';

/** A4. `foot` is where text ends; below lie the page number and the code. */
export const paper = { width: 595.28, height: 841.89, margin: 56, foot: 92 };
export const measureWidth = paper.width - 2 * paper.margin;
export const gap = 20;
export const column = (measureWidth - gap) / 2;

/** Red, green and blue between 0 and 1. */
export const inks = {
  text: '0.1 0.11 0.13',
  quiet: '0.36 0.39 0.44',
  rule: '0.8 0.82 0.85',
  wash: '0.955 0.96 0.968',
  accent: '0.12 0.29 0.49',
} as const;
export type Ink = keyof typeof inks;

export type Role = 'Document' | 'Sect' | 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD';
/** A node of the structure tree (ISO 32000-1 §14.8), which screen readers follow. */
export interface Tag {
  readonly role: Role;
  readonly language?: 'zh-CN' | 'en';
  readonly kids: Tag[];
}

export type Item =
  | {
      readonly kind: 'line';
      readonly line: Line;
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly ink: Ink;
      /** Points between characters, to fill the column. */
      readonly spread?: number;
    }
  /** Path operators of PDF, in the page's points. */
  | { readonly kind: 'path'; readonly path: string; readonly ink: Ink; readonly stroke?: number };

/** Items that belong together; without a tag they are decoration and furniture. */
export interface Marked {
  readonly tag?: Tag;
  readonly items: readonly Item[];
}
export interface Page {
  readonly marked: Marked[];
}

export function box(x: number, y: number, width: number, height: number): string {
  return `${round(x)} ${round(y)} ${round(width)} ${round(height)} re`;
}

export function line(x: number, y: number, toX: number, toY: number): string {
  return `${round(x)} ${round(y)} m ${round(toX)} ${round(toY)} l`;
}
