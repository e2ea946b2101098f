/** Pieces and days as they were reported of an engagement, with what was decided of each. */
import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import { unitDecisions, unitReports } from '../../db/cell.ts';
import type { ReportedUnits } from '../hours/units.ts';
import type { CivilRange } from '../kernel/time.ts';
import { type Db, prepared } from '../store/commit.ts';

export type UnitReport = typeof unitReports.$inferSelect;
export type UnitDecision = typeof unitDecisions.$inferSelect;
export interface UnitReportView {
  readonly report: UnitReport;
  /** The last one; null while nobody has decided. */
  readonly decision: UnitDecision | null;
}

/** Undecided, or confirmed. */
export const stands = (decision: UnitDecision | null) =>
  decision === null || decision.decision === 'confirmed';

const statements = prepared((db) => ({
  ofPeriod: db
    .select({ report: unitReports, decision: unitDecisions })
    .from(unitReports)
    .leftJoin(unitDecisions, lastDecision())
    .where(
      and(
        eq(unitReports.engagementId, sql.placeholder('engagementId')),
        gte(unitReports.day, sql.placeholder('startsOn')),
        lte(unitReports.day, sql.placeholder('endsOn')),
      ),
    )
    .orderBy(asc(unitReports.day), asc(unitReports.at), asc(unitReports.id))
    .prepare(),
  one: db
    .select({ report: unitReports, decision: unitDecisions })
    .from(unitReports)
    .leftJoin(unitDecisions, lastDecision())
    .where(eq(unitReports.id, sql.placeholder('id')))
    .prepare(),
}));

/** Rows are only ever added: the last has the greatest rowid. */
function lastDecision() {
  return sql`${unitDecisions}.rowid = (SELECT max(d.rowid) FROM unit_decisions AS d WHERE d.report_id = ${unitReports.id})`;
}

/** By day, then in the order they were reported. */
export function unitReportsOf(
  db: Db,
  engagementId: string,
  { startsOn, endsOn }: CivilRange,
): UnitReportView[] {
  return statements(db).ofPeriod.all({ engagementId, startsOn, endsOn });
}

export function unitReportOf(db: Db, id: string): UnitReportView | undefined {
  return statements(db).one.get({ id });
}

/** As hours count them: what was refused or withdrawn is nothing. */
export function reportedUnits(db: Db, engagementId: string, period: CivilRange): ReportedUnits[] {
  return unitReportsOf(db, engagementId, period)
    .filter(({ decision }) => stands(decision))
    .map(({ report, decision }) => ({
      id: report.id,
      day: report.day,
      unit: report.unit,
      quantityHundredths: report.quantityHundredths,
      confirmed: decision !== null,
    }));
}
