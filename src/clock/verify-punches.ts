/** Whether every signed punch is still what its phone signed, with nothing but the database: for inspectors. */
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { kiosks, punches, workerDevices } from '../../db/cell.ts';
import { sha256 } from '../kernel/digest.ts';
import { isSignedByP256 } from '../kernel/ecdsa.ts';
import { toDegrees } from '../kernel/geo.ts';
import type { Db } from '../store/commit.ts';
import { type KeptEvidence, recordOfKept } from './arrival.ts';
import type { Punch } from './punch.ts';
import { positionText, recordText } from './punch-record.ts';

export type PunchFault = 'device-missing' | 'record-changed' | 'signature' | 'position-changed';
export type PunchVerdict =
  | { readonly ok: true; readonly signed: number; readonly positionsErased: number }
  | { readonly ok: false; readonly punchId: string; readonly why: PunchFault };

const pageSize = 500;

/** Positions that a retention rule erased or coarsened leave the signature whole: it is over their digest. */
export function verifyPunches(db: Db, org: string): PunchVerdict {
  let after = '';
  let [signed, positionsErased] = [0, 0];
  for (;;) {
    const page = db
      .select({
        punch: punches,
        publicKey: sql<string | null>`coalesce(${workerDevices.publicKey}, ${kiosks.publicKey})`,
      })
      .from(punches)
      .leftJoin(workerDevices, eq(workerDevices.id, punches.deviceId))
      .leftJoin(kiosks, eq(kiosks.id, punches.deviceId))
      .where(and(isNotNull(punches.deviceId), gt(punches.id, after)))
      .orderBy(punches.id)
      .limit(pageSize)
      .all();
    for (const { punch, publicKey } of page) {
      const why = faultOf(org, punch, publicKey);
      if (why) return { ok: false, punchId: punch.id, why };
      signed += 1;
      if (punch.positionDigest !== null && punch.positionSalt === null) positionsErased += 1;
      after = punch.id;
    }
    if (page.length < pageSize) return { ok: true, signed, positionsErased };
  }
}

function faultOf(org: string, punch: Punch, publicKey: string | null): PunchFault | undefined {
  const record = recordOfKept(org, punch);
  if (!record || publicKey === null) return 'device-missing';
  const text = recordText(record);
  if (sha256(text) !== punch.recordDigest) return 'record-changed';
  if (!isSignedByP256(JSON.parse(publicKey), text, punch.signature ?? '')) return 'signature';
  return hasItsPosition(punch) ? undefined : 'position-changed';
}

function hasItsPosition(punch: Punch): boolean {
  const { positionSalt, latE7, lngE7, accuracyMetres, datum, evidence } = punch;
  if (positionSalt === null || latE7 === null || lngE7 === null) return true;
  const { ageMs = 0 } = JSON.parse(evidence ?? '{}') as KeptEvidence;
  const position = {
    ...toDegrees({ latE7, lngE7 }),
    accuracyMetres: accuracyMetres ?? 0,
    datum: datum ?? '',
  };
  return sha256(positionText(positionSalt, { ...position, ageMs })) === punch.positionDigest;
}
