/** Refusals as RFC 9457 problem details, in the reader's language; everything else is a bug with an id. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, Env } from 'hono';
import { zhCN } from 'zod/locales';
import { newId } from '../kernel/id.ts';
import { heard, type Locale, Refusal, refusals, refuse, sentence } from '../kernel/refusal.ts';
import { bothLanguages, localeOf } from './locale.ts';

export const zProblem = z
  .object({
    type: z.string().openapi({ example: 'urn:workcard:refusal:id-reused' }),
    title: z.string(),
    status: z.number().int(),
    slug: z.string(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem');

/** For a route's `responses`: every refusal has the same shape. */
export const problems = {
  default: {
    description: 'Refused (RFC 9457)',
    content: { 'application/problem+json': { schema: zProblem } },
  },
} as const;

/** A router of ours: validation becomes the refusal `body-invalid` with pointers. */
export function router<E extends Env>(): OpenAPIHono<E> {
  return new OpenAPIHono<E>({
    defaultHook: (result, c) => {
      if (result.success) return;
      const locale = localeOf(c.req.raw);
      const place = result.target === 'json' ? '' : `/${result.target}`;
      refuse(
        'body-invalid',
        {},
        result.error.issues.flatMap((issue) => {
          const paths =
            issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
          return paths.map((path) => ({
            pointer: `${place}${path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')}`,
            detail: issueSentence(issue, locale),
          }));
        }),
      );
    },
  });
}

const chinese = zhCN().localeError;

/** What `say` wrote in both languages, else zod's own sentence in the reader's. */
function issueSentence(issue: z.core.$ZodIssue, locale: Locale): string {
  const [en, zh] = issue.message.split(bothLanguages);
  if (zh !== undefined) return locale === 'zh-CN' ? zh : (en ?? '');
  if (locale === 'en') return issue.message;
  const said = chinese(issue as unknown as z.core.$ZodRawIssue);
  return typeof said === 'string' ? said : (said?.message ?? issue.message);
}

export function problemResponse(refusal: Refusal, locale: Locale, instance?: string): Response {
  const title = sentence(refusal.slug, locale, refusal.values);
  const errors = refusal.pointers.map(({ pointer, detail }) => ({
    pointer,
    detail: heard(detail, locale) || title,
  }));
  const body = {
    type: `urn:workcard:refusal:${refusal.slug}`,
    title,
    status: refusal.status,
    slug: refusal.slug,
    ...(instance ? { instance } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  };
  return new Response(JSON.stringify(body), {
    status: refusal.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** What nobody expected: the id stands in the log beside its cause. */
export interface Bug {
  readonly id: string;
}

/** For `app.onError`: the one place where a thrown thing becomes an answer. `page` draws it for a browser. */
export function answerError(page: (trouble: Refusal | Bug, c: Context) => Response | Promise<Response>) {
  return (error: Error, c: Context): Response | Promise<Response> => {
    const refusal = refusalOf(error);
    if (refusal) return wantsPage(c) ? page(refusal, c) : problemResponse(refusal, localeOf(c.req.raw));
    const id = newId();
    console.error(
      JSON.stringify({ level: 'error', id, path: c.req.path, error: String(error), stack: error.stack }),
    );
    if (wantsPage(c)) return page({ id }, c);
    const body = {
      type: 'urn:workcard:bug',
      title:
        localeOf(c.req.raw) === 'en'
          ? 'Something went wrong here. The id tells us what.'
          : '系统出错了，请凭编号查询原因。',
      status: 500,
      slug: 'bug',
      instance: `urn:uuid:${id}`,
    };
    return new Response(JSON.stringify(body), {
      status: 500,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    });
  };
}

function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error;
  // Hono's own validator says 400 for JSON that does not parse.
  if ('status' in error && error.status === 400) return new Refusal('body-malformed');
  if ('status' in error && error.status === 415)
    return new Refusal('body-type-unsupported', { expected: 'application/json' });
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR'))
    return new Refusal('disk-full');
  return undefined;
}

function wantsPage(c: Context): boolean {
  return (
    c.req.method === 'GET' &&
    !c.req.path.startsWith('/api/') &&
    (c.req.header('accept') ?? '').includes('text/html')
  );
}

/** The catalogue as documentation. */
export function catalogue(): { slug: string; status: number; en: string; zh: string }[] {
  return Object.entries(refusals).map(([slug, [status, en, zh]]) => ({ slug, status, en, zh }));
}
