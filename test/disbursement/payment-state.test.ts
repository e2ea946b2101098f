/** What became of a payment follows from what was said, whatever its order and however often; the database agrees. */
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PaymentEventKind, paymentEventKinds, payments, payRunPayments } from '../../db/cell.ts';
import { stateInSql } from '../../src/disbursement/board.ts';
import { paymentView, reissuePayment, releasePayment, tellPayment } from '../../src/disbursement/payment.ts';
import { mayReissue, stateOf } from '../../src/disbursement/payment-state.ts';
import { newId } from '../../src/kernel/id.ts';
import { minor } from '../../src/kernel/money.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { openPayroll } from '../pay/payroll.ts';

const said = fc.array(fc.constantFrom(...paymentEventKinds), { maxLength: 12 });

test.each([
  [[], 'released'],
  [['accepted'], 'accepted'],
  [['accepted', 'wait-user-confirm'], 'waiting'],
  [['accepted', 'wait-user-confirm', 'confirmed'], 'accepted'],
  [['paid'], 'paid'],
  [['said-paid'], 'paid'],
  [['said-paid', 'rejected'], 'rejected'],
  [['paid', 'rejected'], 'disputed'],
  [['rejected', 'paid'], 'disputed'],
  [['paid', 'cancelled', 'decided-paid'], 'paid'],
  [['paid', 'rejected', 'decided-unpaid'], 'rejected'],
  [['paid', 'returned'], 'returned'],
  [['returned'], 'returned'],
] as const)('%j is %s', (kinds, state) => {
  expect(stateOf(new Set<PaymentEventKind>(kinds))).toBe(state);
});

test('any order and any repetition of what was said ends in the same state', () => {
  fc.assert(
    fc.property(said, fc.infiniteStream(fc.nat(99)), (kinds, picks) => {
      const again = [...kinds, ...kinds.slice(0, 4)];
      const mixed = again
        .map((kind) => ({ kind, place: picks.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ kind }) => kind);
      expect(stateOf(new Set(mixed))).toBe(stateOf(new Set(kinds)));
    }),
  );
});

test('rows, SQL and the rule say the same, and only what is over is tried again: no second try slips past the database', async () => {
  const { cell, hr } = await openPayroll();
  const { store } = cell;
  const at = cell.at();
  const actor = { kind: 'person', personId: hr, signedInBy: 'A' } as const;
  await fc.assert(
    fc.asyncProperty(said, fc.boolean(), async (kinds, runSaidPaid) => {
      const [runId, workerId] = [newId(), newId()];
      const id = await store.commit((tx) => {
        releasePayment(tx, { runId, workerId, amountMinor: minor(20_000), accountAt: at }, 'system', at);
        const payment = tx.select().from(payments).where(eq(payments.runId, runId)).get();
        if (runSaidPaid)
          tx.insert(payRunPayments)
            .values({ id: runId, paidOn: civilDate('2026-11-05'), at, by: 'hr' })
            .run();
        for (const kind of kinds) tellPayment(tx, payment?.id ?? '', { kind, source: 'hand' }, 'hr', at);
        return payment?.id ?? '';
      });
      const expected = stateOf(new Set(kinds), runSaidPaid);
      expect(paymentView(store.db, id).state).toBe(expected);
      const [row] = store.db.select({ state: stateInSql }).from(payments).where(eq(payments.id, id)).all();
      expect(row?.state).toBe(expected);
      const reissue = () =>
        store.commit((tx) => reissuePayment(tx, actor, { id: newId(), paymentId: id }, at));
      const second = () =>
        store.commit((tx) => {
          const [first] = tx.select().from(payments).where(eq(payments.id, id)).all();
          if (!first) throw new Error('no first try');
          const next = { ...first, id: newId(), attempt: 2, endToEndId: newId(), replacesId: id };
          tx.insert(payments).values(next).run();
        });
      // HR's word about a whole run is a row of its own, which only the rule reads; the trigger holds back the rest.
      if (!mayReissue(stateOf(new Set(kinds)))) await expect(second()).rejects.toThrow(/payment-open/);
      if (!mayReissue(expected)) {
        await expect(reissue()).rejects.toThrow();
        return;
      }
      await reissue();
      await expect(reissue()).rejects.toThrow();
      await expect(second()).rejects.toThrow();
      const { n } = store.db.get<{ n: number }>(
        sql`SELECT count(*) AS n FROM payments WHERE run_id = ${runId}`,
      );
      expect(n).toBe(2);
    }),
    { numRuns: 60 },
  );
});
