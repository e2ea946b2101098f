/** Phones that sign for a worker, as their owner and HR see them: since when, how bound, and the way to be rid of one. */
import type { FC } from 'hono/jsx';
import { type Reader, shownAt } from '../employer/reader.ts';
import { nameBehind } from '../identity/name.ts';
import { secondsBetween } from '../kernel/time.ts';
import { ApiForm, Badge, Field, Row } from '../web/components.tsx';
import { deviceWords } from './device-words.ts';
import type { DeviceView } from './worker-device.ts';

/** A phone enrolled less than this ago is pointed out. */
const freshSeconds = 14 * 86_400;

export const DeviceRow: FC<{ device: DeviceView; reader: Reader }> = ({ device, reader }) => {
  const { id, label, boundBy, at, revocation } = device;
  const say = deviceWords(reader.locale);
  const sub = `${say('since', { at: shownAt(reader, at) })} · ${say(`by-${boundBy}`)} · ${say('grade')}`;
  if (revocation) {
    const { by, reason } = revocation;
    const told = { name: nameBehind(reader.db, by), at: shownAt(reader, revocation.at), reason };
    return (
      <Row label={label} sub={`${sub} · ${say('removedBy', told)}`} value={<Badge>{say('removed')}</Badge>} />
    );
  }
  const isFresh = secondsBetween(at, reader.at) < freshSeconds;
  return (
    <>
      <Row label={label} sub={sub} value={isFresh ? <Badge tone="info">{say('fresh')}</Badge> : null} />
      <details class="removal">
        <summary class="button button-plain">
          {say('remove')}…<span class="visually-hidden"> {label}</span>
        </summary>
        <ApiForm
          action={`/api/orgs/${reader.org}/devices/${id}/revocation`}
          submit={say('remove')}
          confirm={say('ask')}
          tone="warn"
        >
          <Field name="reason" label={say('reason')} hint={say('reasonHint')} required />
        </ApiForm>
      </details>
    </>
  );
};
