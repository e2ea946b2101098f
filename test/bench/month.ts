/** A month of 10,000 workers turned into timesheet entries, beside a bare loop that only reads the same rows. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { outbox } from '../../db/cell.ts';
import { cellMigrations, migrate } from '../../db/migrate.ts';
import { engagementsPaid } from '../../src/engagement/engagement.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate, type Instant, instantOf, payPeriodOf } from '../../src/kernel/time.ts';
import type { Db } from '../../src/store/commit.ts';
import { type NodeStore, openNodeStore } from '../../src/store/node.ts';
import type { SqliteDatabase } from '../../src/store/sqlite.ts';
import { letOthersIn } from '../../src/store/turns.ts';
import { hoursOfPeriod } from '../../src/timesheet/hours-of-period.ts';

const workers = 10_000;
const daysWorked = 22;
const punchesEach = daysWorked * 4;
const firstDay = civilDate('2026-10-01');
const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'] as const;
const at = '2026-11-02T00:00:00.000Z' as Instant;

export interface MonthFigures {
  /** Time of deriving ÷ time of reading the same columns of the same rows. */
  readonly ratio: number;
  readonly megabytes: number;
  /** The longest that the event loop stood still, with commits of others beside. */
  readonly longestHoldMs: number;
  readonly punches: number;
  readonly readMs: number;
  readonly deriveMs: number;
}

export async function measureMonth(): Promise<MonthFigures> {
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'bench-month-'));
  const store = openNodeStore(join(folder, 'cell.sqlite'));
  try {
    await migrate(store, cellMigrations, at);
    seed(store.sqlite);
    return await measured(store);
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(store: NodeStore): Promise<MonthFigures> {
  const rounds: { readMs: number; deriveMs: number }[] = [];
  let [punches, longestHoldMs, bytes] = [0, 0, 0];
  for (let round = 0; round < 3; round += 1) {
    const readFrom = performance.now();
    punches = bareRead(store.sqlite);
    const deriveFrom = performance.now();
    const readMs = deriveFrom - readFrom;
    const beside = commitsBeside(store);
    const { seconds, longestMs } = await derive(store.db, () => {
      bytes = Math.max(bytes, process.memoryUsage().rss);
    });
    longestHoldMs = Math.max(longestHoldMs, longestMs);
    rounds.push({ readMs, deriveMs: performance.now() - deriveFrom });
    await beside.stop();
    if (seconds < workers * daysWorked * 8 * 3600) throw new Error(`too few seconds: ${seconds}`);
  }
  const ratios = rounds.map(({ readMs, deriveMs }) => deriveMs / readMs).sort((a, b) => a - b);
  const best = rounds.reduce((a, b) => (a.deriveMs < b.deriveMs ? a : b));
  return {
    ratio: Math.round((ratios[1] ?? 0) * 100) / 100,
    megabytes: Math.round(bytes / 1024 / 1024),
    longestHoldMs: Math.round(longestHoldMs * 10) / 10,
    punches,
    readMs: Math.round(best.readMs),
    deriveMs: Math.round(best.deriveMs),
  };
}

const columns =
  'id, engagement_id, kind, effective_at, site_id, verdict, flags, device_id, seq, previous_digest, record_digest';

/** What somebody would write first. */
function bareRead(sqlite: SqliteDatabase): number {
  let rows = 0;
  const month = sqlite.prepare(
    `SELECT ${columns} FROM punches WHERE effective_at >= ? AND effective_at < ? ORDER BY engagement_id, effective_at`,
  );
  for (const row of month.iterate('2026-09-29', '2026-11-04')) if (row) rows += 1;
  return rows;
}

async function derive(db: Db, onChunk: () => void): Promise<{ seconds: number; longestMs: number }> {
  let [seconds, longestMs] = [0, 0];
  const period = payPeriodOf('monthly', firstDay);
  const chunks = hoursOfPeriod(db, engagementsPaid(db, 'monthly'), period, at);
  let from = performance.now();
  for (let next = chunks.next(); !next.done; next = chunks.next()) {
    for (const { hours } of next.value) {
      if (hours.exceptions.length > 0) throw new Error(`an exception: ${hours.exceptions[0]?.kind}`);
      seconds += hours.seconds;
    }
    longestMs = Math.max(longestMs, performance.now() - from);
    onChunk();
    await letOthersIn();
    from = performance.now();
  }
  return { seconds, longestMs };
}

/** One committed row after the other, as somebody who clocks in meanwhile. */
function commitsBeside(store: NodeStore): { stop: () => Promise<void> } {
  let stopped = false;
  const run = async () => {
    while (!stopped) {
      const row = { id: newId(), topic: 'bench', payload: '{}', createdAt: at, dueAt: at };
      await store.commit((tx) => void tx.insert(outbox).values(row).run());
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** Straight into the tables: a month through the door would take the whole bench's time. */
function seed(sqlite: SqliteDatabase): void {
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    return sqlite.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    );
  };
  const by = 'system';
  const employer = {
    id: newId(),
    name: 'Bench',
    country: 'CN',
    registration_code: 'x',
    address: 'x',
    representative: 'x',
    payer_kind: 'ordinary',
    currency: 'CNY',
    zone: zones[0],
    at,
    by,
  };
  insert('employers', employer).run(employer);
  const sites = zones.map((zone) => ({ id: newId(), name: zone, address: 'x', zone, at, by }));
  for (const site of sites) insert('sites', site).run(site);
  sqlite.transaction(() => {
    let [addEngagement, addPunch]: ReturnType<typeof insert>[] = [];
    for (let worker = 0; worker < workers; worker += 1) {
      const site = sites[worker % sites.length];
      if (!site) continue;
      const engagement = {
        id: newId(),
        worker_id: newId(),
        role_title: 'Packer',
        relationship: 'service',
        project: 'Bench',
        pay_period: 'monthly',
        starts_on: '2026-01-01',
        at: '2026-01-01T00:00:00.000Z',
        by,
      };
      addEngagement ??= insert('engagements', engagement);
      addEngagement.run(engagement);
      const deviceId = newId();
      let previous: string | null = null;
      for (let seq = 1; seq <= punchesEach; seq += 1) {
        const record = createHash('sha256').update(`${deviceId} ${seq}`).digest('base64url');
        const effectiveAt = punchTime(seq, worker);
        const punch = {
          id: newId(),
          engagement_id: engagement.id,
          site_id: site.id,
          kind: seq % 2 === 1 ? 'in' : 'out',
          device_at: effectiveAt,
          received_at: effectiveAt,
          effective_at: effectiveAt,
          body_digest: record,
          verdict: 'inside',
          metres: 12,
          judged_as: 'wgs84',
          position_digest: record,
          lat_e7: 312304000,
          lng_e7: 1214737000,
          accuracy_metres: 12,
          datum: 'wgs84',
          position_salt: 'c2FsdHNhbHRzYWx0c2FsdA',
          flags: null,
          device_id: deviceId,
          seq,
          previous_digest: previous,
          record_digest: record,
          signature: `${record}${record}`,
          by,
        };
        addPunch ??= insert('punches', punch);
        addPunch.run(punch);
        previous = record;
      }
    }
  })();
}

/** Four hours, an hour out, four hours and a quarter; five days a week; every fifth worker at night. */
function punchTime(seq: number, worker: number): Instant {
  const shift = Math.floor((seq - 1) / 4);
  const day = shift + Math.floor(shift / 5) * 2;
  const hours = [0, 4, 5, 9.25][(seq - 1) % 4] ?? 0;
  const start = Date.UTC(2026, 9, 1) + ((worker % 3) * 8 + (worker % 5 === 0 ? 12 : 0)) * 3_600_000;
  return instantOf(start + day * 86_400_000 + hours * 3_600_000 + (worker % 600) * 1000);
}
