/** An employer in memory with two sites, people who are hired, and punches as they come; for the office's views of them. */
import { expect } from 'vitest';
import { insertPunch, type PunchFlag } from '../../src/clock/punch.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { appendEntry, record } from '../../src/store/journal.ts';
import { openTestCell } from '../support/cell.ts';

export interface Office extends Awaited<ReturnType<typeof openOffice>> {}

export async function openOffice(at: string) {
  const cell = await openTestCell({ at });
  const owner = '0192f000-0000-7000-8000-00000000000a';
  const east = '0192f000-0000-7000-8000-0000000000e1';
  const west = '0192f000-0000-7000-8000-0000000000e2';
  const ok = async (answer: Promise<Response>) => {
    const response = await answer;
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return text.startsWith('{') ? JSON.parse(text) : {};
  };
  await ok(
    cell.as(owner)('PUT', '', {
      name: '港湾物流',
      country: 'CN',
      registrationCode: '91110000802100433B',
      address: '1 Quay Road',
      representative: '王芳',
      payerKind: 'ordinary',
      currency: 'CNY',
      zone: 'Asia/Shanghai',
      ownerName: 'Olivia',
    }),
  );
  const fence = { lat: 31.23, lng: 121.47, datum: 'wgs84', radiusMetres: 100 };
  await ok(cell.as(owner)('PUT', `/sites/${east}`, { name: '城东', address: '1', fence }));
  await ok(cell.as(owner)('PUT', `/sites/${west}`, { name: '城西', address: '2', fence }));
  let count = 0;
  return {
    cell,
    owner,
    east,
    west,
    ok,
    /** A member of one site. */
    async supervisor(siteId: string): Promise<string> {
      const [personId, memberId, by] = [newId(), newId(), 'system'];
      await cell.store.commit((tx) => {
        const row = { at: cell.at(), by };
        record(tx, 'member-joined', { id: memberId, personId, displayName: '赵主管', ...row }, by, cell.at());
        const grant = { id: newId(), memberId, role: 'supervisor' as const, siteId, clientId: null, ...row };
        record(tx, 'role-granted', grant, by, cell.at());
      });
      return personId;
    },
    /** Ids count up, so that files made from them are the same each time. */
    async hire(name: string, siteId: string = east, payPeriod = 'monthly') {
      count += 1;
      const id = (kind: string) => `0192f000-0000-7000-8000-${kind}${String(count).padStart(10, '0')}`;
      const [workerId, personId, engagementId] = [id('a1'), id('a2'), id('a3')];
      const by = 'system';
      const row = { id: workerId, personId, displayName: name, invitationId: null, at: cell.at(), by };
      await cell.store.commit((tx) => void record(tx, 'worker-admitted', row, by, cell.at()));
      await ok(
        cell.as(owner)('PUT', `/engagements/${engagementId}`, {
          workerId,
          roleTitle: '分拣员',
          relationship: 'service',
          project: '旺季',
          payPeriod,
          startsOn: '2026-10-01',
          siteIds: [siteId],
          hourlyRateMinor: 3000,
        }),
      );
      return { workerId, personId, engagementId, siteId, name };
    },
    async punch(
      { engagementId, siteId }: { engagementId: string; siteId: string },
      kind: 'in' | 'out',
      when: string,
      { flags = [], verdict = 'inside' }: { flags?: PunchFlag[]; verdict?: 'inside' | 'outside' } = {},
    ): Promise<string> {
      count += 1;
      const id = `0192f000-0000-7000-8000-b1${String(count).padStart(10, '0')}`;
      const effectiveAt = when as Instant;
      await cell.store.commit((tx) => {
        const punch = insertPunch(
          tx,
          {
            id,
            engagementId,
            siteId,
            kind,
            deviceAt: effectiveAt,
            position: { lat: 31.2345678, lng: 121.4765432, accuracyMetres: 9, datum: 'wgs84' },
          },
          { verdict, metres: 4, judgedAs: 'wgs84' },
          { bodyDigest: id, flags, receivedAt: effectiveAt, effectiveAt, correctionId: null, by: 'system' },
        );
        appendEntry(tx, 'punch-recorded', punch, 'system', effectiveAt);
      });
      return id;
    },
  };
}
