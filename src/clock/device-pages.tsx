/** The worker's own page of the phones that sign for them at this employer. */
import { readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { Empty, Group } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { DeviceRow } from './device-parts.tsx';
import { deviceWords } from './device-words.ts';
import { devicesOfWorker } from './worker-device.ts';

export const devicePages = router<CellEnv>();

devicePages.get('/me/devices', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const say = deviceWords(reader.locale);
  const devices = devicesOfWorker(reader.db, workerId);
  const home = `/orgs/${reader.org}/me`;
  return page(
    c,
    <WorkerPage locale={reader.locale} title={say('title')} org={reader.org} tab="home" back={home}>
      {devices.length === 0 ? (
        <Empty title={say('none')}>{say('noneMeans')}</Empty>
      ) : (
        <Group note={say('note')}>
          {devices.map((device) => (
            <DeviceRow device={device} reader={reader} />
          ))}
        </Group>
      )}
    </WorkerPage>,
  );
});
