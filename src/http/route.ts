/** The two shapes of a cell's routes: reading, and writing a resource that the client named. */
import { createRoute, type z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import type { CellEnv } from './env.ts';
import { problems } from './problem.ts';

/** `GET path` → 200 with `result`. */
export function get<P extends string, Q extends z.ZodObject, R extends z.ZodType>(
  tag: string,
  path: P,
  operationId: string,
  summary: string,
  params: Q,
  result: R,
) {
  return createRoute({
    method: 'get',
    path,
    tags: [tag],
    operationId,
    summary,
    request: { params },
    responses: {
      200: { description: summary, content: { 'application/json': { schema: result } } },
      ...problems,
    },
  });
}

/** `PUT path` with a strict JSON body → 200 with `result`; repeating it answers the same. */
export function put<P extends string, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  tag: string,
  path: P,
  operationId: string,
  summary: string,
  params: Q,
  body: B,
  result: R,
) {
  return createRoute({
    method: 'put',
    path,
    tags: [tag],
    operationId,
    summary,
    request: { params, body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: {
      200: { description: summary, content: { 'application/json': { schema: result } } },
      ...problems,
    },
  });
}

/**
 * 200 with `value` as JSON. The schema in the route documents it; rows of ours (branded, readonly) need no second
 * description to satisfy the compiler.
 */
export function answer(c: Context<CellEnv>, value: object) {
  return c.json(value, 200) as unknown as Response & TypedResponse<never, 200, 'json'>;
}
