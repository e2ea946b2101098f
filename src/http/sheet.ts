/** Tables that leave the house as files: columns as data, and rows of plain values. */

/**
 * `digits`: a number that is a name, such as an account's; it must arrive with every digit. `prose`: sentences.
 * `duration`: seconds, shown as hours and minutes.
 */
export type ColumnKind = 'text' | 'prose' | 'digits' | 'money' | 'integer' | 'duration';
export interface FileColumn {
  readonly key: string;
  readonly head: string;
  readonly kind: ColumnKind;
  readonly width: number;
}
/** Money in minor units; null: empty. */
export type FileRow = Readonly<Record<string, string | number | null>>;

/** `8:30:05` of seconds, with as many hours as there are. */
export function durationText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

/** Pieces of a file as its bytes. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The name in both forms of RFC 6266: plain for old readers, UTF-8 for the rest. */
export function attachment(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  names: { plain: string; full: string },
): Response {
  const utf8 = encodeURIComponent(names.full).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(bytes, {
    headers: {
      'content-type': type,
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="${names.plain}"; filename*=UTF-8''${utf8}`,
    },
  });
}
