/** QR codes as drawings inside the page: nothing to fetch, sharp at every size, also on paper. */
import type { FC } from 'hono/jsx';
import { encode } from 'uqr';

/** ISO/IEC 18004 asks for four empty modules around; some phones do not find a code that has fewer. */
const quietModules = 4;

/** `title` is what a screen reader says of it; `size` in CSS pixels, without which its box decides. */
export const QrCode: FC<{ text: string; title: string; size?: number }> = ({ text, title, size }) => {
  const { size: modules, data } = encode(text, { ecc: 'M', border: quietModules });
  return (
    <div class={size === undefined ? 'qr' : 'qr qr-sized'}>
      <svg
        viewBox={`0 0 ${modules} ${modules}`}
        role="img"
        aria-label={title}
        shape-rendering="crispEdges"
        {...(size === undefined ? {} : { width: size, height: size })}
      >
        <title>{title}</title>
        {/* Black on white in the dark, too: many readers see no light code on a dark ground. */}
        <rect width={modules} height={modules} fill="#fff" />
        <path fill="#000" d={data.map(rowPath).join('')} />
      </svg>
    </div>
  );
};

/** Modules side by side are one rectangle, so that no hairline shows between them. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    path += `M${start} ${y}h${x + 1 - start}v1H${start}z`;
  }
  return path;
}
