/** Crew clocking: a supervisor clocks the people before them in one go. Each punch is a correction that its worker accepts or disputes. */
import { asc, eq } from 'drizzle-orm';
import { crewPunches, engagements, workers } from '../../db/cell.ts';
import type { PunchKind } from '../clock/arrival.ts';
import { isAtWork, lastPunchOf, type OnPunch, type Punch, punchOf } from '../clock/punch.ts';
import { sameOr } from '../employer/repeat.ts';
import type { Site } from '../employer/site.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf, engagementState, engagementsOfWorker } from '../engagement/engagement.ts';
import { workerName } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { correct } from '../timesheet/correction.ts';
import { belongingTo, belongsTo } from './at-site.ts';
import { supervisedSite } from './supervising.ts';

export interface CrewInput {
  readonly id: string;
  readonly siteId: string;
  readonly kind: PunchKind;
  readonly engagementIds: readonly string[];
  readonly note: string;
}
/** Why somebody was left out: nothing is written twice, and nobody clocks themselves as a crew. */
export type CrewSkip = 'already-in' | 'not-in' | 'own' | 'not-live';
export interface CrewClocked {
  readonly id: string;
  readonly siteId: string;
  readonly kind: PunchKind;
  readonly note: string;
  readonly at: Instant;
  readonly by: string;
  readonly clocked: readonly { engagementId: string; correctionId: string; punchId: string }[];
  readonly skipped: readonly { engagementId: string; why: CrewSkip }[];
}

/** All in one commit, at this moment. A repetition is answered the same; the same id for other people is refused. */
export function clockCrew(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: CrewInput,
  at: Instant,
  hooks: readonly OnPunch[],
): CrewClocked {
  const site = supervisedSite(tx, standing, input.siteId);
  const ids = [...new Set(input.engagementIds)].sort();
  const said = { id: input.id, siteId: site.id, kind: input.kind, note: input.note, by: actorText(actor) };
  const known = crewPunchOf(tx, input.id);
  if (known) {
    sameOr({ ...saidOf(known), ids: idsOf(known) }, { ...said, ids });
    return known;
  }
  const clocked: { engagementId: string; correctionId: string; punchId: string }[] = [];
  const skipped: { engagementId: string; why: CrewSkip }[] = [];
  for (const engagementId of ids) {
    const why = skipOf(tx, standing, site, { engagementId, kind: input.kind }, at);
    if (why) skipped.push({ engagementId, why });
    else clocked.push(clockOne(tx, actor, standing, { ...input, engagementId }, at, hooks));
  }
  const row = { ...said, clocked: JSON.stringify(clocked), skipped: JSON.stringify(skipped), at };
  record(tx, 'crew-clocked', row, row.by, at);
  return { ...said, at, clocked, skipped };
}

const saidOf = ({ id, siteId, kind, note, by }: CrewClocked) => ({ id, siteId, kind, note, by });
const idsOf = ({ clocked, skipped }: CrewClocked) =>
  [...clocked, ...skipped].map(({ engagementId }) => engagementId).sort();

function clockOne(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  { engagementId, siteId, kind, note }: CrewInput & { engagementId: string },
  at: Instant,
  hooks: readonly OnPunch[],
) {
  const [correctionId, punchId] = [newId(), newId()];
  const punch = { id: punchId, siteId, kind, at };
  correct(tx, actor, standing, { id: correctionId, kind: 'add', engagementId, reason: note, punch }, at);
  const added = punchOf(tx, punchId) ?? refuse('not-found');
  for (const hook of hooks) hook(tx, added);
  return { engagementId, correctionId, punchId };
}

function skipOf(
  db: Db,
  standing: Standing,
  site: Site,
  { engagementId, kind }: { engagementId: string; kind: PunchKind },
  at: Instant,
): CrewSkip | undefined {
  const engagement = engagementOf(db, engagementId) ?? refuse('not-found');
  if (!belongsTo(db, engagementId, site, at)) refuse('not-found');
  if (engagement.workerId === standing.workerId) return 'own';
  if (kind === 'out') return isAtWork(lastPunchOf(db, engagementId), at) ? undefined : 'not-in';
  if (engagementState(db, engagement, civilDateAt(at, site.zone)) !== 'live') return 'not-live';
  // One person works in one place: an open shift of another engagement counts, too.
  const busy = engagementsOfWorker(db, engagement.workerId).some(({ id }) =>
    isAtWork(lastPunchOf(db, id), at),
  );
  return busy ? 'already-in' : undefined;
}

export function crewPunchOf(db: Db, id: string): CrewClocked | undefined {
  const row = db.select().from(crewPunches).where(eq(crewPunches.id, id)).get();
  return row && { ...row, clocked: JSON.parse(row.clocked), skipped: JSON.parse(row.skipped) };
}

export interface CrewMember {
  readonly engagementId: string;
  readonly workerId: string;
  readonly name: string;
  readonly roleTitle: string;
  /** The newest punch that counts, anywhere. */
  readonly last: Punch | undefined;
  readonly atWork: boolean;
}

/** Everybody engaged for a site today or planned there, and who is still in though their engagement is over; by name. */
export function crewOf(db: Db, site: Site, at: Instant): CrewMember[] {
  const day = civilDateAt(at, site.zone);
  return db
    .select({ engagement: engagements, name: workerName })
    .from(engagements)
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .where(belongingTo(db, engagements.id, site, at))
    .orderBy(asc(workers.displayName), asc(engagements.id))
    .all()
    .flatMap(({ engagement, name }) => {
      const last = lastPunchOf(db, engagement.id);
      const atWork = isAtWork(last, at);
      if (!atWork && engagementState(db, engagement, day) !== 'live') return [];
      const { id: engagementId, workerId, roleTitle } = engagement;
      return [{ engagementId, workerId, name, roleTitle, last, atWork }];
    });
}
