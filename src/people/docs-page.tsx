/** The API's reference: Swagger UI over our own description, from our own files. */
import { Hono } from 'hono';
import { localeOf } from '../http/locale.ts';
import { page, shellWords } from '../web/page.tsx';
import type { FrontEnv } from './context.ts';

export const docsPage = new Hono<FrontEnv>();

docsPage.get('/docs', (c) => {
  const locale = localeOf(c.req.raw);
  const say = shellWords(locale);
  return page(
    c,
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`API · ${say('product')}`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/docs/swagger-ui.css" />
        <link rel="stylesheet" href="/assets/docs/page.css" />
        {/* Read first and run in this order: init uses what the bundle leaves. */}
        <script src="/assets/docs/swagger-ui-bundle.js" defer />
        <script src="/assets/docs/init.js" defer />
      </head>
      <body>
        <main id="swagger-ui" />
      </body>
    </html>,
  );
});
