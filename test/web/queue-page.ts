/** The phone's queue for a test to call: what the clock page does at a tap, without the tap. */
import { keptKey } from '../../src/web/client/lib/enrol.ts';
import { newId } from '../../src/web/client/lib/id.ts';
import { monotonicMs } from '../../src/web/client/lib/page-life.ts';
import { keptScenes, waitingPunches } from '../../src/web/client/lib/queue.ts';
import { keepPunch } from '../../src/web/client/lib/sign-punch.ts';

async function tapOften(times: number): Promise<void> {
  const [scene] = await keptScenes();
  const engagement = scene?.engagements[0];
  if (!scene || !engagement) throw new Error('no scene is kept');
  const key = await keptKey(scene.personId);
  const taps = Array.from({ length: times }, (_, index) => {
    const tap = { id: newId(), deviceAt: new Date().toISOString(), monotonicMs: monotonicMs() };
    const kind = index % 2 ? 'out' : 'in';
    const { org, personId } = scene;
    const siteId = engagement.siteIds[0] ?? '';
    const place = { noPosition: 'unavailable' } as const;
    return keepPunch({ org, personId, engagementId: engagement.id, siteId, kind, tap, place }, key);
  });
  await Promise.all(taps);
}

Object.assign(window, { tapOften, waitingPunches });
