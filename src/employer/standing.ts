/** Who somebody is in this cell: their roles as a member, and whether they work here. */
import { eq, isNull, sql } from 'drizzle-orm';
import { type MemberRole, members, roleGrants, roleRevocations, workers } from '../../db/cell.ts';
import type { CellRequest } from '../http/env.ts';
import type { Actor } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { type Db, prepared } from '../store/commit.ts';

export interface Standing {
  readonly personId?: string;
  readonly memberId?: string;
  readonly displayName?: string;
  readonly roles: readonly {
    readonly role: MemberRole;
    readonly siteId: string | null;
    readonly clientId: string | null;
  }[];
  readonly workerId?: string;
}

const statements = prepared((db) => ({
  worker: db
    .select({ id: workers.id, displayName: workers.displayName })
    .from(workers)
    .where(eq(workers.personId, sql.placeholder('personId')))
    .prepare(),
  member: db
    .select({ id: members.id, displayName: members.displayName })
    .from(members)
    .where(eq(members.personId, sql.placeholder('personId')))
    .prepare(),
  roles: db
    .select({ role: roleGrants.role, siteId: roleGrants.siteId, clientId: roleGrants.clientId })
    .from(roleGrants)
    .leftJoin(roleRevocations, eq(roleRevocations.id, roleGrants.id))
    .where(sql`${roleGrants.memberId} = ${sql.placeholder('memberId')} AND ${isNull(roleRevocations.id)}`)
    .prepare(),
}));

const nobody: Standing = { roles: [] };

export function standingOf(db: Db, actor: Actor): Standing {
  if (actor.kind !== 'person') return nobody;
  const { personId } = actor;
  const member = statements(db).member.get({ personId });
  const worker = statements(db).worker.get({ personId });
  return {
    personId,
    roles: member ? statements(db).roles.all({ memberId: member.id }) : [],
    ...(member ? { memberId: member.id } : {}),
    ...(worker ? { workerId: worker.id } : {}),
    ...(member || worker ? { displayName: (member ?? worker)?.displayName } : {}),
  };
}

/** Somebody with a role in force, or a worker. Everybody else sees that there is nothing. */
export function isOfHere({ roles, workerId }: Standing): boolean {
  return roles.length > 0 || workerId !== undefined;
}

export function hasRole(standing: Standing, ...roles: readonly MemberRole[]): boolean {
  return standing.roles.some((grant) => roles.includes(grant.role));
}

/** Owners and HR see every site; a supervisor those that a grant names; an approver those of the named clients. */
export function seesSite(
  standing: Standing,
  site: { readonly id: string; readonly clientId: string | null },
): boolean {
  return standing.roles.some(
    ({ role, siteId, clientId }) =>
      role === 'owner' ||
      role === 'hr' ||
      (role === 'supervisor' && siteId === site.id) ||
      (role === 'approver' && clientId !== null && clientId === site.clientId),
  );
}

/** Whose word counts at a site: its supervisors', HR's and the owners'. A client's approver sees its hours, but vouches, plans and corrects nowhere. */
export function supervises({ roles }: Standing, siteId: string): boolean {
  return roles.some(
    (grant) =>
      grant.role === 'owner' ||
      grant.role === 'hr' ||
      (grant.role === 'supervisor' && grant.siteId === siteId),
  );
}

export interface MemberStanding extends Standing {
  readonly personId: string;
  readonly memberId: string;
}
export interface WorkerStanding extends Standing {
  readonly personId: string;
  readonly workerId: string;
}

/** The caller as a member with one of the roles. Visitors: 401. People who are no members here: 404. Members without the role: 403. */
export function requireRole(c: CellRequest, ...roles: readonly MemberRole[]): MemberStanding {
  const standing = requirePerson(c);
  if (standing.memberId === undefined || standing.roles.length === 0) refuse('not-found');
  if (!hasRole(standing, ...roles)) refuse('role-required', { role: roles.join(' / ') });
  return standing as MemberStanding;
}

/** The caller as a worker of this employer. Visitors: 401. Everybody else: 404. */
export function requireWorker(c: CellRequest): WorkerStanding {
  const standing = requirePerson(c);
  if (standing.workerId === undefined) refuse('not-found');
  return standing as WorkerStanding;
}

/** The id of the caller as a worker of this employer. */
export const requireWorkerId = (c: CellRequest): string => requireWorker(c).workerId;

export function requirePerson(c: CellRequest): Standing & { readonly personId: string } {
  const standing = standingOf(c.env.cell.store.db, c.env.actor);
  if (standing.personId === undefined) refuse('sign-in-required');
  return standing as Standing & { readonly personId: string };
}
