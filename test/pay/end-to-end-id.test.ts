/** The name of a payment, as files carry it and banks say it again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endToEndId, isEndToEndId, shortEndToEndId } from '../../src/pay/end-to-end-id.ts';

const runId = '0192f000-0000-7000-8000-000000000001';
const workerId = '0192f000-0000-7000-8000-0000000000aa';

test('the same run, worker and try have the same name on every machine', () => {
  expect(endToEndId({ runId, workerId, attempt: 1 })).toBe('WCZ50GW2XMJPFC8EXPAYT8AVSRQ001');
});

test('it fits ISO 20022, WeChat Pay and Alipay: at most 32 letters and digits', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.integer({ min: 1, max: 999 }), (run, worker, attempt) => {
      const id = endToEndId({ runId: run, workerId: worker, attempt });
      expect(id).toMatch(/^[A-Z0-9]{30}$/);
      expect(isEndToEndId(id)).toBe(true);
      expect(shortEndToEndId(id)).toMatch(/^[A-Z0-9]{15}$/);
    }),
  );
});

test('another try, worker or run has another name, in its long and its short form', () => {
  const all = [
    { runId, workerId, attempt: 1 },
    { runId, workerId, attempt: 2 },
    { runId: workerId, workerId, attempt: 1 },
    { runId, workerId: runId, attempt: 1 },
  ].map(endToEndId);
  expect(new Set(all).size).toBe(4);
  expect(new Set(all.map(shortEndToEndId)).size).toBe(4);
});

test.each([0, 1000, 1.5, Number.NaN])('there is no try number %s', (attempt) => {
  expect(() => endToEndId({ runId, workerId, attempt })).toThrow(RangeError);
});
