/** QR codes as drawings inside the page: nothing to fetch, sharp at every size, also on paper. */
import type { FC } from 'hono/jsx';
import { qrDrawing } from '../kernel/qr-drawing.ts';

/** `title` is what a screen reader says of it; `size` in CSS pixels, without which its box decides. */
export const QrCode: FC<{ text: string; title: string; size?: number }> = ({ text, title, size }) => {
  const { modules, path } = qrDrawing(text);
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
        <path fill="#000" d={path} />
      </svg>
    </div>
  );
};
