/** Who should be at work and is not: by the published plan, and the site's patience. */
import { expect, test } from 'vitest';
import { lateOf } from '../../src/attendance/late.ts';
import { standingOf } from '../../src/employer/standing.ts';
import { newId } from '../../src/kernel/id.ts';
import { type Office, openOffice } from '../timesheet/office.ts';

/** 09:00 to 17:00 in Shanghai, with 15 minutes of patience. */
async function planned(office: Office, engagementId: string, siteId = office.east): Promise<void> {
  const { cell, owner, ok } = office;
  const [shiftId, draftId, batchId] = [newId(), newId(), newId()];
  const draft = {
    siteId,
    day: '2026-10-20',
    startTime: '09:00',
    endTime: '17:00',
    engagementIds: [engagementId],
  };
  await ok(cell.as(owner)('PUT', `/shifts/${shiftId}/drafts/${draftId}`, draft));
  await ok(cell.as(owner)('PUT', `/shift-publications/${batchId}`, { draftIds: [draftId] }));
}

test('is missing from the moment the patience is over until they clock in', async () => {
  const office = await openOffice('2026-10-19T00:00:00.000Z');
  const li = await office.hire('李小明');
  await planned(office, li.engagementId);
  const late = () => {
    const { db } = office.cell.store;
    const standing = standingOf(db, { kind: 'person', personId: office.owner, signedInBy: 'A' });
    return lateOf(db, standing, office.cell.at()).map(({ workerName, seconds }) => [
      workerName,
      seconds / 60,
    ]);
  };
  office.cell.moveTo('2026-10-20T01:15:00.000Z');
  expect(late()).toEqual([]);
  office.cell.moveTo('2026-10-20T01:20:00.000Z');
  expect(late()).toEqual([['李小明', 20]]);
  await office.punch(li, 'in', '2026-10-20T01:19:00.000Z');
  expect(late()).toEqual([]);
  office.cell.moveTo('2026-10-20T09:01:00.000Z');
  expect(late()).toEqual([]);
});
