/** Members and their roles. A role is a grant that may be revoked; the last owner stays. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import {
  clients,
  type MemberRole,
  memberRole,
  members,
  roleGrants,
  roleRevocations,
  sites,
  workers,
} from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { enqueue } from '../store/outbox.ts';
import { employerOf } from './employer.ts';
import { sameDecision, sameOr } from './repeat.ts';

export interface RoleInput {
  readonly role: MemberRole;
  readonly siteId?: string | undefined;
  readonly clientId?: string | undefined;
}

/** A supervisor is of a site, an approver of a client; owner and hr of neither. */
export function checkRole(db: Db, { role, siteId, clientId }: RoleInput): void {
  const needsSite = role === 'supervisor';
  const needsClient = role === 'approver';
  if (needsSite !== (siteId !== undefined) || needsClient !== (clientId !== undefined)) refuse('role-scope');
  if (siteId && !db.select().from(sites).where(eq(sites.id, siteId)).get()) refuse('not-found');
  if (clientId && !db.select().from(clients).where(eq(clients.id, clientId)).get()) refuse('not-found');
}

/** A person as a member, made now if they are none; answers the member's id. */
export function joinAsMember(
  tx: Tx,
  person: { personId: string; displayName: string },
  roles: readonly RoleInput[],
  by: string,
  at: Instant,
): string {
  const known = tx.select().from(members).where(eq(members.personId, person.personId)).get();
  const memberId = known?.id ?? newId();
  if (!known) record(tx, 'member-joined', { id: memberId, ...person, at, by }, by, at);
  for (const role of roles) {
    checkRole(tx, role);
    record(
      tx,
      'role-granted',
      {
        id: newId(),
        memberId,
        role: role.role,
        siteId: role.siteId ?? null,
        clientId: role.clientId ?? null,
        at,
        by,
      },
      by,
      at,
    );
  }
  tellDirectory(tx, person.personId, at);
  return memberId;
}

/** What the directory shows of a person here: their first role, else that they work here, else nothing. */
export function tellDirectory(tx: Tx, personId: string, at: Instant): void {
  const { id: orgId, name: orgName } = employerOf(tx);
  const roles = tx
    .select({ role: roleGrants.role })
    .from(roleGrants)
    .innerJoin(members, eq(members.id, roleGrants.memberId))
    .leftJoin(roleRevocations, eq(roleRevocations.id, roleGrants.id))
    .where(and(eq(members.personId, personId), isNull(roleRevocations.id)))
    .all();
  const role = memberRole.find((one) => roles.some((grant) => grant.role === one));
  const works = tx.select().from(workers).where(eq(workers.personId, personId)).get() !== undefined;
  const standing = role ?? (works ? 'worker' : 'none');
  enqueue(tx, 'membership', { personId, orgId, orgName, standing, saidAt: at }, at);
}

export function grantRole(
  tx: Tx,
  actor: Actor,
  grant: { id: string; memberId: string } & RoleInput,
  at: Instant,
): void {
  const by = actorText(actor);
  const member = tx.select().from(members).where(eq(members.id, grant.memberId)).get() ?? refuse('not-found');
  checkRole(tx, grant);
  const row = {
    id: grant.id,
    memberId: grant.memberId,
    role: grant.role,
    siteId: grant.siteId ?? null,
    clientId: grant.clientId ?? null,
    at,
    by,
  };
  const known = tx.select().from(roleGrants).where(eq(roleGrants.id, grant.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'role-granted', row, by, at);
  tellDirectory(tx, member.personId, at);
}

export function revokeRole(
  tx: Tx,
  actor: Actor,
  revocation: { id: string; reason: string },
  at: Instant,
): void {
  const by = actorText(actor);
  const grant = tx.select().from(roleGrants).where(eq(roleGrants.id, revocation.id)).get();
  if (!grant) refuse('not-found');
  const known = tx.select().from(roleRevocations).where(eq(roleRevocations.id, revocation.id)).get();
  if (known) return void sameDecision(known, { ...revocation, by, at });
  if (grant.role === 'owner' && ownersOf(tx) <= 1) refuse('last-owner');
  record(tx, 'role-revoked', { ...revocation, at, by }, by, at);
  const member = tx.select().from(members).where(eq(members.id, grant.memberId)).get();
  if (member) tellDirectory(tx, member.personId, at);
}

function ownersOf(db: Db): number {
  const row = db
    .select({ n: sql<number>`count(DISTINCT ${roleGrants.memberId})` })
    .from(roleGrants)
    .leftJoin(roleRevocations, eq(roleRevocations.id, roleGrants.id))
    .where(and(eq(roleGrants.role, 'owner'), isNull(roleRevocations.id)))
    .get();
  return row?.n ?? 0;
}

/** `person:<id>` as the name this employer knows; what nobody here has a name for stays undefined. */
export function actorNames(db: Db): (actor: string) => string | undefined {
  const names = new Map<string, string>();
  for (const table of [workers, members]) {
    for (const { personId, displayName } of db.select().from(table).all()) names.set(personId, displayName);
  }
  return (actor) => names.get(actor.slice(actor.indexOf(':') + 1));
}

export interface MemberView {
  readonly id: string;
  readonly personId: string;
  readonly displayName: string;
  readonly grants: readonly {
    readonly id: string;
    readonly role: MemberRole;
    readonly siteName: string | null;
    readonly clientName: string | null;
  }[];
}

export function membersOf(db: Db): MemberView[] {
  const grants = db
    .select({
      id: roleGrants.id,
      memberId: roleGrants.memberId,
      role: roleGrants.role,
      siteName: sites.name,
      clientName: clients.name,
    })
    .from(roleGrants)
    .leftJoin(roleRevocations, eq(roleRevocations.id, roleGrants.id))
    .leftJoin(sites, eq(sites.id, roleGrants.siteId))
    .leftJoin(clients, eq(clients.id, roleGrants.clientId))
    .where(isNull(roleRevocations.id))
    .all();
  return db
    .select()
    .from(members)
    .all()
    .map(({ id, personId, displayName }) => ({
      id,
      personId,
      displayName,
      grants: grants.filter((grant) => grant.memberId === id),
    }));
}

/** The name of the member who did something, from `person:…`; the text itself when it was no member. */
export function memberNameOf(db: Db, by: string): string {
  const personId = by.slice(by.indexOf(':') + 1);
  return db.select().from(members).where(eq(members.personId, personId)).get()?.displayName ?? by;
}
