/** Registering an employer: the one request that makes a cell. Whatever can be refused is refused before there is one. */
import { createRoute, z } from '@hono/zod-openapi';
import { checkedRegistrationCode } from '../employer/employer.ts';
import { zEmployer } from '../employer/routes.ts';
import { problems, router } from '../http/problem.ts';
import { zId } from '../http/schema.ts';
import { sameSecret } from '../kernel/digest.ts';
import { actorOf, type FrontEnv, requireSession } from '../people/context.ts';
import { registrationHash } from '../people/gate.ts';

export const registrationRoutes = router<FrontEnv>();

registrationRoutes.openapi(
  createRoute({
    tags: ['people'],
    method: 'put',
    path: '/api/orgs/{org}',
    operationId: 'registerEmployer',
    summary: 'Register an employer',
    request: {
      params: z.object({ org: zId }),
      body: {
        required: true,
        content: { 'application/json': { schema: zEmployer.extend({ token: z.string().max(100) }) } },
      },
    },
    responses: {
      200: { description: 'The employer', content: { 'application/json': { schema: z.looseObject({}) } } },
      ...problems,
    },
  }),
  async (c) => {
    const { front } = c.env;
    const session = requireSession(c);
    const { org } = c.req.valid('param');
    const { token, ...employer } = c.req.valid('json');
    checkedRegistrationCode(employer);
    const known = await front.cells.cell(org);
    const operator = await front.directory.call('deployment', 'isOperator', { personId: session.personId });
    // The operator registers with the terminal's token; everybody else spends a link on one employer, and spends it
    // before the cell is made: of two at once, one is refused with nothing left behind.
    if (!(operator && sameSecret(token, front.secrets.setupToken))) {
      const use = { tokenHash: registrationHash(front, token), orgId: org, isKnown: known !== undefined };
      await front.directory.call('deployment', 'useRegistration', use);
    }
    const cell = known ?? (await front.cells.create(org));
    const answer = await cell.handle(
      new Request(c.req.url, {
        method: 'PUT',
        body: JSON.stringify(employer),
        headers: {
          'content-type': 'application/json',
          'accept-language': c.req.header('accept-language') ?? '',
          cookie: c.req.header('cookie') ?? '',
        },
      }),
      actorOf(session),
    );
    return answer as never;
  },
);
