/** What a file is by its first bytes, whatever its sender called it. */

export type FileKind = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf';

export function fileKindOf(bytes: Uint8Array): FileKind | undefined {
  const starts = (...head: number[]) => head.every((byte, index) => bytes[index] === byte);
  const text = (from: number, word: string) =>
    [...word].every((letter, index) => bytes[from + index] === letter.charCodeAt(0));
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (text(0, 'RIFF') && text(8, 'WEBP')) return 'image/webp';
  return text(0, '%PDF-') ? 'application/pdf' : undefined;
}
