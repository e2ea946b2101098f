/** What a stranger finds at the front door to check a contract: the page, our authority's certificate, and how to do without us. */
import { Hono } from 'hono';
import howTo from '../../docs/verify-evidence.md';
import { localeOf } from '../http/locale.ts';
import { hexOf } from '../kernel/web-digest.ts';
import type { FrontEnv } from '../people/context.ts';
import { derOf } from '../seal/authority.ts';
import { VerifyPage } from '../seal/verify-page.tsx';
import { page } from '../web/page.tsx';

export const verifyRoutes = new Hono<FrontEnv>();

// With a card's token the page is about the card.
verifyRoutes.get('/verify', async (c, next) => {
  if (c.req.query('t') !== undefined) return next();
  const der = derOf(c.env.front.secrets.authority.certificatePem);
  const authorityDigest = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', der)));
  return page(c, <VerifyPage locale={localeOf(c.req.raw)} authorityDigest={authorityDigest} />);
});

verifyRoutes.get('/authority.pem', (c) =>
  c.text(c.env.front.secrets.authority.certificatePem, 200, {
    'content-type': 'application/x-pem-file',
    'cache-control': 'public, max-age=3600',
  }),
);

verifyRoutes.get('/verify/evidence.md', (c) =>
  c.text(howTo, 200, { 'cache-control': 'public, max-age=3600' }),
);
