/** The fonts that documents are drawn with: read once, parsed once a process, one glyph a character. */
import fontkit from '@cantoo/fontkit';
import type { Assets } from '../provider/providers.ts';
import type { Face, Faces } from './type-setting.ts';

type FontBytes = Uint8Array<ArrayBuffer>;

export interface Outline {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
  readonly args: readonly number[];
}
interface FontGlyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly path: { readonly commands: readonly Outline[] };
}
/** The part of a parsed font that is used here. */
interface ParsedFont {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): FontGlyph;
  layout: (text: string) => { readonly glyphs: readonly FontGlyph[] };
  /** Ours: the same glyph for a character each time, with the outline it has decoded. */
  glyphOf: (codePoint: number) => FontGlyph;
}

export interface FontFace extends Face {
  readonly bytes: FontBytes;
  /** In ems, the baseline at 0. */
  outline(codePoint: number): readonly Outline[];
}
export interface DocumentFonts {
  readonly plain: Faces;
  readonly bold: Faces;
}

// Parsing ten megabytes of font takes longer than drawing with it.
const parsed = new Map<Uint8Array, ParsedFont>();

/** What pdf-lib asks for a font, which answers the one that is parsed already. */
export const fontkitOnce = { ...fontkit, create: (bytes: Uint8Array) => parse(bytes) };

function parse(bytes: Uint8Array): ParsedFont {
  const known = parsed.get(bytes);
  if (known) return known;
  const font = (fontkit.create as unknown as (bytes: Uint8Array) => ParsedFont)(bytes);
  const glyphs = new Map<number, FontGlyph>();
  const glyphOf = (codePoint: number) => {
    const glyph = glyphs.get(codePoint) ?? font.glyphForCodePoint(codePoint);
    glyphs.set(codePoint, glyph);
    return glyph;
  };
  font.glyphOf = glyphOf;
  // Shaping costs more than all the rest, and its kerning would be lost: PDF text here is glyph after glyph.
  font.layout = (text) => ({ glyphs: [...text].map((character) => glyphOf(character.codePointAt(0) ?? 0)) });
  parsed.set(bytes, font);
  return font;
}

function faceOf(name: string, bytes: FontBytes): FontFace {
  const advances = new Map<number, number | undefined>();
  const font = parse(bytes);
  const advance = (codePoint: number) => {
    if (advances.has(codePoint)) return advances.get(codePoint);
    const found = font.hasGlyphForCodePoint(codePoint)
      ? font.glyphOf(codePoint).advanceWidth / font.unitsPerEm
      : undefined;
    advances.set(codePoint, found);
    return found;
  };
  const outline = (codePoint: number) =>
    font.glyphForCodePoint(codePoint).path.commands.map(({ command, args }) => ({
      command,
      args: args.map((value) => value / font.unitsPerEm),
    }));
  return { name, bytes, advance, outline };
}

const faces = {
  latin: 'noto-sans-regular',
  cjk: 'noto-sans-sc-regular',
  latinBold: 'noto-sans-bold',
  cjkBold: 'noto-sans-sc-bold',
} as const;
/** Characters of names that the others lack: 𠮷 in the first, those of Hong Kong in the second. */
const rare = ['noto-sans-jp-regular', 'noto-sans-hk-regular'] as const;

// The value is kept, never the promise: workerd hangs who awaits another request's promise.
const read = new Map<string, FontFace>();

async function load(name: string, assets: Assets): Promise<FontFace> {
  const known = read.get(name);
  if (known) return known;
  const face = faceOf(name, await assets.read(`fonts/${name}.ttf`));
  const first = read.get(name) ?? face;
  read.set(name, first);
  return first;
}

/** `lacks` says whether some character of what will be drawn is in none of the usual fonts: most documents never load the rare ones. */
export async function fontsFor(assets: Assets, lacks: (faces: Faces) => boolean): Promise<DocumentFonts> {
  const [latin, cjk, latinBold, cjkBold] = await Promise.all([
    load(faces.latin, assets),
    load(faces.cjk, assets),
    load(faces.latinBold, assets),
    load(faces.cjkBold, assets),
  ]);
  const usual = { plain: { latin, cjk, rare: [] }, bold: { latin: latinBold, cjk: cjkBold, rare: [] } };
  if (!lacks(usual.plain) && !lacks(usual.bold)) return usual;
  const more = await Promise.all(rare.map((name) => load(name, assets)));
  return { plain: { latin, cjk, rare: more }, bold: { latin: latinBold, cjk: cjkBold, rare: more } };
}
