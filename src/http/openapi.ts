/** The OpenAPI 3.1 description: every router's routes in one document. */
import type { OpenAPIHono } from '@hono/zod-openapi';

const info = {
  openapi: '3.1.0' as const,
  info: {
    title: 'Workcard',
    version: '0.1.0',
    description:
      'Invited, verified, signed, clocked in, covered, paid. Refusals are RFC 9457 problem details.',
  },
};

/** Which employer: the front reads it before any room's route does, so no route states it. */
const org = {
  name: 'org',
  in: 'path',
  required: true,
  description: 'The employer’s id',
  schema: { type: 'string', format: 'uuid' },
};

// biome-ignore lint/suspicious/noExplicitAny: routers of different environments are only read here
export function openApiDocument(routers: readonly OpenAPIHono<any>[], url: string): object {
  const documents = routers.map((router) => router.getOpenAPI31Document(info));
  const paths: Record<string, object> = {};
  const schemas: Record<string, object> = {};
  for (const document of documents) {
    for (const [path, methods] of Object.entries(document.paths ?? {})) {
      if (path.startsWith('/orgs/')) continue;
      // What stands before the cells answers first, so what it says of a path counts.
      paths[path] = { ...(path.includes('{org}') ? { parameters: [org] } : {}), ...methods, ...paths[path] };
    }
    Object.assign(schemas, document.components?.schemas ?? {});
  }
  return {
    ...info,
    servers: [{ url }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'workcard' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ session: [] }, { bearer: [] }],
  };
}
