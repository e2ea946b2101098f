/** What was built for browsers, served from memory with an entity tag; a name that carries a hash never changes. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
const hashed = /[.-][0-9A-Za-z]{8,}\.\w+$/;
/** Larger files (fonts for contracts, which browsers do not ask for) are read from the disk each time. */
const keptBytesMax = 1024 * 1024;

interface StaticFile {
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** Undefined when the request is for none of the files. */
export function openStaticFiles(folder: string): (request: IncomingMessage) => Response | undefined {
  const paths = new Map(
    filesBelow(folder).map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );
  // Not for browsers: it tells another host of assets what headers to send.
  paths.delete('/_headers');
  const known = new Map<string, StaticFile>();
  return ({ method, url = '/', headers }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    // A page's file is asked for without its ending, as the edge's assets are.
    const file = paths.get(path) ?? paths.get(`${path}.html`);
    if (file === undefined) return undefined;
    const { bytes, etag } = known.get(path) ?? read(file, path, known);
    const head = {
      etag,
      'cache-control': hashed.test(path) ? 'public, max-age=31536000, immutable' : 'public, no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
    };
    if (headers['if-none-match'] === etag) return new Response(null, { status: 304, headers: head });
    return new Response(method === 'HEAD' ? null : (bytes ?? new Uint8Array(readFileSync(file))), {
      headers: { ...head, 'content-type': types[extname(file)] ?? 'application/octet-stream' },
    });
  };
}

function read(file: string, path: string, known: Map<string, StaticFile>): StaticFile {
  const bytes = new Uint8Array(readFileSync(file));
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  known.set(path, bytes.length <= keptBytesMax ? { bytes, etag } : { etag });
  return { bytes, etag };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
