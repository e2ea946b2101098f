/** Where somebody who opens their employer lands: members in the console, workers at their hours. */
import { Hono } from 'hono';
import type { CellEnv } from '../http/env.ts';
import { refuse } from '../kernel/refusal.ts';
import { requirePerson } from './standing.ts';

export const employerPages = new Hono<CellEnv>();

employerPages.get('/', (c) => {
  const { roles, workerId } = requirePerson(c);
  const base = `/orgs/${c.env.cell.org}`;
  if (roles.length > 0) return c.redirect(`${base}/attendance`);
  return workerId ? c.redirect(`${base}/me`) : refuse('not-found');
});
