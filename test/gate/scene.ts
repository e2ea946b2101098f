/** A site with a few workers, their cards, and its supervisor, in one cell on a movable clock. */
import { cellOf } from '../../src/cell/cell.ts';
import { newId } from '../../src/kernel/id.ts';
import { signingKeyOf } from '../../src/kernel/signing.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { record } from '../../src/store/journal.ts';
import { seedEmployer } from '../bench/seed.ts';
import { openTestCell } from '../support/cell.ts';

export interface GateScene extends Awaited<ReturnType<typeof openGate>> {}

export async function openGate({ workers = 2, at }: { workers?: number; at?: string } = {}) {
  const cell = await openTestCell(at ? { at } : {});
  const cells = { cell: async () => cellOf(cell.context), create: async () => cellOf(cell.context) };
  const { people } = await seedEmployer(cells, cell.org, workers, cell.at());
  const value = (sql: string) => cell.store.sqlite.prepare(sql).pluck().get() as string;
  const owner = value('SELECT person_id FROM members');
  const siteId = people[0]?.siteId ?? '';
  const put = async (who: string, path: string, body: object) => {
    const answer = await cell.as(who)('PUT', path, body);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const get = async (who: string, path: string) => {
    const answer = await cell.as(who)('GET', path);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    cell,
    people: people.map((one, index) => ({ ...one, name: `Worker ${index}` })),
    owner,
    siteId,
    put,
    get,
    count: (table: string) => Number(value(`SELECT count(*) FROM ${table}`)),
    value,
  };
}

/** A card as the seal of a contract issues it; answers its token. */
export async function giveCard(
  { cell }: Pick<GateScene, 'cell'>,
  { engagementId, name }: { engagementId: string; name: string },
  change: { validUntil?: string } = {},
): Promise<string> {
  const id = newId();
  const [from, until] = ['2026-11-01', change.validUntil ?? '2027-11-01'];
  const said = {
    org: cell.org,
    card: id,
    name,
    employer: 'Bench',
    role: 'Packer',
    from,
    until,
    iat: cell.at(),
  };
  const token = signingKeyOf(cell.context.keys.signing).sign('workcard-card+jwt', said);
  await cell.store.commit((tx) =>
    record(
      tx,
      'work-card-issued',
      {
        id,
        engagementId,
        contractId: newId(),
        token,
        validFrom: civilDate(from),
        validUntil: civilDate(until),
        at: cell.at(),
        by: 'system',
      },
      'system',
      cell.at(),
    ),
  );
  return token;
}
