/** A refusal as a page: what is wrong in the reader's words, and a way on. */
import type { Context } from 'hono';
import { localeOf } from '../http/locale.ts';
import { type Refusal, sentence } from '../kernel/refusal.ts';
import { Empty } from '../web/components.tsx';
import { PublicPage, page } from '../web/page.tsx';
import { words } from './words.ts';

export function problemPage(refusal: Refusal, c: Context): Response | Promise<Response> {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const title = say('problem');
  return page(
    c,
    <PublicPage locale={locale} title={title}>
      <Empty title={sentence(refusal.slug, locale, refusal.values)} href="/" action={say('backHome')} />
    </PublicPage>,
    refusal.status === 404 || refusal.status === 401 || refusal.status === 403 ? refusal.status : 422,
  );
}
