/** Fonts for tests of layout: every Chinese character one em wide, every Latin one half. */
import type { Faces } from '../../src/document/type-setting.ts';

const cjk = {
  name: 'cjk',
  advance: (codePoint: number) =>
    codePoint >= 0x2e80 || (codePoint >= 0x2010 && codePoint <= 0x2027) ? 1 : undefined,
};
const latin = { name: 'latin', advance: (codePoint: number) => (codePoint < 0x2e80 ? 0.5 : undefined) };
export const faces: Faces = { latin, cjk, rare: [] };
export const bothFonts = { plain: faces, bold: faces };
