/** What went wrong, as a page: in the reader's words, and with a way on. */
import type { Context } from 'hono';
import { localeOf } from '../http/locale.ts';
import type { Bug } from '../http/problem.ts';
import { Refusal, sentence } from '../kernel/refusal.ts';
import { Empty } from './components.tsx';
import { defineWords } from './i18n.ts';
import { PublicPage, page } from './page.tsx';

const words = defineWords('problem', {
  sorry: ['Sorry', '抱歉'],
  backHome: ['To the start page', '返回首页'],
  bug: ['Something went wrong here.', '系统出错了。'],
  bugMeans: [
    'What you sent may not have been kept. Try again; if it stays so, tell the operator this number: {{id}}',
    '您提交的内容可能未保存，请重试。如问题依旧，请将此编号告知平台：{{id}}',
  ],
});

export function problemPage(trouble: Refusal | Bug, c: Context): Response | Promise<Response> {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const isRefusal = trouble instanceof Refusal;
  const title = isRefusal ? sentence(trouble.slug, locale, trouble.values) : say('bug');
  return page(
    c,
    <PublicPage locale={locale} title={say('sorry')}>
      <Empty title={title} href="/" action={say('backHome')}>
        {isRefusal ? '' : say('bugMeans', { id: trouble.id })}
      </Empty>
    </PublicPage>,
    isRefusal ? trouble.status : 500,
  );
}
