/** What every way in ends with, a session, and what their routes share. */
import { createRoute, z } from '@hono/zod-openapi';
import { problems, router } from '../http/problem.ts';
import { cookieOf, openSession, readCeremony, type Session } from '../http/session.ts';
import { refuse } from '../kernel/refusal.ts';
import type { FrontEnv, FrontRequest } from './context.ts';

export const json = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
export const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problems,
});
export const zCeremonyToken = z.string().max(4000);
export const zSignedIn = z
  .object({ personId: z.string(), grade: z.enum(['A', 'B', 'C']), token: z.string() })
  .openapi('SignedIn');
export const tag = { tags: ['people'] };

/** The session as a cookie for pages, and as a token for API clients. */
export function signIn(c: FrontRequest, who: Pick<Session, 'personId' | 'grade' | 'code'>) {
  const token = openSession(c.env.front.secrets.session, who, c.var.at);
  c.header('set-cookie', cookieOf(token, c.env.front.publicUrl.startsWith('https:')));
  return { personId: who.personId, grade: who.grade, token };
}

export function ceremonyOf<T>(c: FrontRequest, kind: string, token: string): T {
  return readCeremony<T>(c.env.front.secrets.session, kind, token, c.var.at) ?? refuse('link-expired');
}

export const signOutRoutes = router<FrontEnv>();

signOutRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-out',
    operationId: 'signOut',
    summary: 'Sign out everywhere',
    responses: ok(z.object({ signedOut: z.boolean() }), 'Signed out'),
  }),
  async (c) => {
    const session = c.var.session;
    if (session)
      await c.env.front.directory.call(session.personId, 'endSessions', { personId: session.personId });
    c.header('set-cookie', cookieOf('', c.env.front.publicUrl.startsWith('https:')));
    return c.json({ signedOut: true }, 200);
  },
);
