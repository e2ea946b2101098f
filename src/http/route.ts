/** The two shapes of a cell's routes: reading, and writing a resource that the client named. */
import { createRoute, type z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../store/commit.ts';
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

/** The request that `put` describes: an id in the path, a body that was checked. */
type Named<B> = Context<CellEnv, string, { out: { param: { id: string }; json: B } }>;

/** Handles `PUT …/{id}` where everything is one commit: who may, then the room's own function with id and body. */
export function recording<W, B extends object>(
  who: (c: Context<CellEnv>) => W,
  write: (tx: Tx, actor: Actor, who: W, input: { id: string } & B, at: Instant) => unknown,
) {
  return async (c: Named<B>) => {
    const allowed = who(c as unknown as Context<CellEnv>);
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => {
      write(tx, actor, allowed, { id, ...body }, c.var.at);
    });
    return answer(c as unknown as Context<CellEnv>, { id });
  };
}
