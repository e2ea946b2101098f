/** How a contract says what covers the worker: an insurer by name and number, the employer's own promise, or nothing. */
import { employerOf } from '../employer/employer.ts';
import { formatMoney, type Minor } from '../kernel/money.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { isInsured, policyOn } from './policy.ts';

export function coverWords(db: Db, at: Instant): { zh: string; en: string } {
  const employer = employerOf(db);
  const policy = policyOn(db, civilDateAt(at, employer.zone));
  if (!policy)
    return { zh: '甲方目前未提供工作期间的保障。', en: 'Party A gives no cover while working at present.' };
  const limit = formatMoney(policy.limitMinor as Minor, employer.currency, 'zh-CN');
  return isInsured(policy)
    ? {
        zh: `乙方自上班打卡起至下班打卡止由 ${policy.insurerName} 承保（保单号 ${policy.policyNumber}，限额 ${limit}），保费由甲方承担。${policy.terms}`,
        en: `From clock-in to clock-out Party B is insured by ${policy.insurerName} (policy ${policy.policyNumber}, limit ${limit}); Party A pays the premium. ${policy.terms}`,
      }
    : {
        zh: `乙方自上班打卡起至下班打卡止由甲方自行承诺保障（非保险，限额 ${limit}）。${policy.terms}`,
        en: `From clock-in to clock-out Party B is covered by Party A’s own promise (this is not insurance; limit ${limit}). ${policy.terms}`,
      };
}
