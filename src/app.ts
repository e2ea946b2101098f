/** The front: request id, security headers, session, the front door's own routes, and the hand-over to cells. It knows who calls and no employment law. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cellApp } from './cell/cell.ts';
import { registrationRoutes } from './cell/registration-routes.ts';
import { verifyRoutes } from './cell/verify-routes.tsx';
import { openApiDocument } from './http/openapi.ts';
import { answerError } from './http/problem.ts';
import { cookieOf } from './http/session.ts';
import { newId } from './kernel/id.ts';
import { refuse } from './kernel/refusal.ts';
import { accountPages } from './people/account-pages.tsx';
import { accountRoutes } from './people/account-routes.ts';
import { codeRoutes } from './people/code-routes.ts';
import { actorOf, type FrontContext, type FrontEnv, type FrontRequest, sessionOf } from './people/context.ts';
import { deviceKeyRoutes } from './people/device-routes.ts';
import { docsPage } from './people/docs-page.tsx';
import { doorPages } from './people/door-pages.tsx';
import { operatorPages } from './people/operator-pages.tsx';
import { frontPages } from './people/pages.tsx';
import { passkeyRoutes } from './people/passkey-routes.ts';
import { signOutRoutes } from './people/sign-in.ts';
import { problemPage } from './web/problem-page.tsx';

const megabyte = 1024 * 1024;
const fileLimit = 12 * megabyte;

/** All that the operator does in a cell as such; everywhere else they are a person like any other. */
const operatorRoutes = [
  ['GET', '/licence'],
  ['GET', '/licence/document'],
  ['PUT', '/reviews/:id'],
  ['PUT', '/seal-certificates/:id/revocation'],
] as const;

const signInRoutes = [passkeyRoutes, codeRoutes, deviceKeyRoutes, signOutRoutes];

export interface Front {
  /** `caller`: the network address a request came from; without it nothing is counted by it. */
  fetch(request: Request, context: FrontContext, caller?: string): Response | Promise<Response>;
}

export const front: Front = composeFront();

function composeFront(): Front {
  const app = new Hono<FrontEnv>();
  app.onError(answerError(problemPage));
  app.notFound(() => refuse('not-found'));
  app.use(guardAnswer);
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const troubles = await c.env.front.troubles();
    return c.json({ ok: troubles.length === 0, troubles }, troubles.length === 0 ? 200 : 503);
  });
  app.use(prepareRequest);
  app.use('/api/*', limitBody(megabyte));
  for (const ways of signInRoutes) app.route('/', ways);
  app.route('/', accountRoutes);
  app.route('/', registrationRoutes);
  app.route('/', doorPages);
  app.route('/', verifyRoutes);
  for (const ours of [frontPages, accountPages, operatorPages, docsPage]) app.route('/', ours);
  app.get('/openapi.json', (c) =>
    c.json(
      openApiDocument([...signInRoutes, accountRoutes, registrationRoutes, cellApp], c.env.front.publicUrl),
    ),
  );
  for (const [method, path] of operatorRoutes) app.on(method, `/api/orgs/:org${path}`, operatorAnswer);
  app.all('/orgs/:org/*', (c) => cellAnswer(c));
  app.all('/orgs/:org', (c) => cellAnswer(c));
  app.all('/api/orgs/:org/*', (c) => cellAnswer(c));
  app.all('/api/orgs/:org', (c) => cellAnswer(c));
  return { fetch: (request, context, caller) => app.fetch(request, { front: context, caller }) };
}

async function operatorAnswer(c: FrontRequest): Promise<Response> {
  const personId = c.var.session?.personId ?? refuse('sign-in-required');
  const isOperator = await c.env.front.directory.call('deployment', 'isOperator', { personId });
  return cellAnswer(c, isOperator ? { kind: 'operator', personId } : actorOf(c.var.session));
}

async function prepareRequest(c: FrontRequest, next: () => Promise<void>): Promise<void> {
  c.set('at', c.env.front.clock());
  c.set('session', await sessionOf(c));
  await next();
  if (c.var.renewed)
    c.res.headers.append('set-cookie', cookieOf(c.var.renewed, c.env.front.publicUrl.startsWith('https:')));
}

/** What every answer carries, a refusal and a bug too. */
async function guardAnswer(c: FrontRequest, next: () => Promise<void>): Promise<void> {
  c.set('requestId', newId());
  await next();
  const { headers } = c.res;
  headers.set('x-request-id', c.var.requestId);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  // Almost every answer is about somebody; what may be kept says so itself.
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
  if (c.env.front.publicUrl.startsWith('https:'))
    headers.set('strict-transport-security', 'max-age=31536000');
  if (headers.get('content-type')?.startsWith('text/html')) guardPage(c);
}

/** Pages load nothing from elsewhere but map tiles, when a source is configured; scripts and styles are files. */
function guardPage(c: FrontRequest): void {
  const { front } = c.env;
  const tiles = front.tileUrl ? ` ${new URL(front.tileUrl.replace(/\{[^}]*\}/g, 'x')).origin}` : '';
  c.res.headers.set(
    'content-security-policy',
    `default-src 'self'; img-src 'self' data: blob:${tiles}; worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`,
  );
  c.res.headers.set(
    'permissions-policy',
    'geolocation=(self), camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  );
}

function limitBody(limit: number) {
  const small = bodyLimit({ maxSize: limit, onError: () => refuse('body-too-large', { limit }) });
  const large = bodyLimit({
    maxSize: fileLimit,
    onError: () => refuse('body-too-large', { limit: fileLimit }),
  });
  return (c: FrontRequest, next: () => Promise<void>) => {
    // A declared length within the limit needs no reading twice; Node and the edge hold clients to it.
    const declared = Number(c.req.header('content-length') ?? Number.NaN);
    const isFile = c.req.path.includes('/files/');
    if (declared <= (isFile ? fileLimit : limit)) return next();
    return (isFile ? large : small)(c, next);
  };
}

async function cellAnswer(c: FrontRequest, actor = actorOf(c.var.session)): Promise<Response> {
  const cell = await c.env.front.cells.cell(c.req.param('org') ?? '');
  if (!cell) refuse('not-found');
  const answer = await cell.handle(c.req.raw, actor);
  // A page that needs a person sends a stranger to the door and back again.
  if (answer.status === 401 && c.req.method === 'GET' && c.req.path.startsWith('/orgs/')) {
    return c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`);
  }
  return owned(answer);
}

/** An answer whose headers may be set: one that crossed an RPC is frozen, and only that one is copied. */
function owned(answer: Response): Response {
  try {
    answer.headers.set('x-content-type-options', 'nosniff');
    return answer;
  } catch {
    return new Response(answer.body, answer);
  }
}
