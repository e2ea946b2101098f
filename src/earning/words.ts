/** Words of earnings: what each line is called, and its sum in a sentence. */
import { defineWords } from '../web/i18n.ts';
import type { EarningCode } from './earning-part.ts';

const codes: Readonly<Record<EarningCode, readonly [en: string, zh: string]>> = {
  hours: ['Hours', '工时报酬'],
  'hours-overtime': ['Overtime', '加班工资'],
  'hours-rest-day': ['Hours on a rest day', '休息日加班工资'],
  'hours-holiday': ['Hours on a statutory holiday', '法定节假日工资'],
  days: ['Days', '计日报酬'],
  'days-overtime': ['Days beyond the week’s hours', '超时计日报酬'],
  'days-rest-day': ['Days of rest worked', '休息日计日报酬'],
  'days-holiday': ['Statutory holidays worked', '法定节假日计日报酬'],
  pieces: ['Pieces', '计件报酬'],
  'pieces-overtime': ['Pieces in overtime', '加班计件报酬'],
  'pieces-rest-day': ['Pieces on a rest day', '休息日计件报酬'],
  'pieces-holiday': ['Pieces on a statutory holiday', '法定节假日计件报酬'],
  shifts: ['Shifts', '按班次报酬'],
  'shifts-overtime': ['Shifts beyond the week’s hours', '超时班次报酬'],
  'shifts-rest-day': ['Shifts on a rest day', '休息日班次报酬'],
  'shifts-holiday': ['Shifts on a statutory holiday', '法定节假日班次报酬'],
  night: ['Night allowance', '夜班津贴'],
  heat: ['Heat allowance', '高温津贴'],
  meal: ['Meal allowance', '餐补'],
  travel: ['Travel allowance', '交通补贴'],
  bonus: ['Bonus', '奖金'],
  'minimum-pay': ['Top-up to the minimum', '最低报酬补足'],
  'show-up': ['Show-up pay', '到岗补偿'],
  'late-cancel': ['Late cancellation pay', '临时取消补偿'],
  'late-pay': ['Late payment', '逾期支付补偿'],
  reimbursement: ['Reimbursement', '报销'],
  deduction: ['Deduction', '扣款'],
  advance: ['Advance taken back', '预支抵扣'],
};
export const earningWords = defineWords('earning-codes', codes);

export const formulaWords = defineWords('earning-formula', {
  hours: [
    '{{clock}} h ({{seconds}} s) × {{rate}} an hour ÷ 3600 s = {{amount}}, rounded once',
    '{{clock}} 小时（{{seconds}} 秒）× 每小时 {{rate}} ÷ 3600 秒 = {{amount}}（只四舍五入一次）',
  ],
  hoursTimes: [
    '{{clock}} h ({{seconds}} s) × {{rate}} an hour × {{percent}} ÷ 3600 s = {{amount}}, rounded once',
    '{{clock}} 小时（{{seconds}} 秒）× 每小时 {{rate}} × {{percent}} ÷ 3600 秒 = {{amount}}（只四舍五入一次）',
  ],
  dayHours: [
    '{{clock}} h ({{seconds}} s) × {{rate}} a day of 8 hours × {{percent}} ÷ 28800 s = {{amount}}, rounded once',
    '{{clock}} 小时（{{seconds}} 秒）× 每 8 小时 {{rate}} × {{percent}} ÷ 28800 秒 = {{amount}}（只四舍五入一次）',
  ],
  counted: ['{{n}} × {{rate}} = {{amount}}, rounded once', '{{n}} × {{rate}} = {{amount}}（只四舍五入一次）'],
  countedTimes: [
    '{{n}} × {{rate}} × {{percent}} = {{amount}}, rounded once',
    '{{n}} × {{rate}} × {{percent}} = {{amount}}（只四舍五入一次）',
  ],
  heatMonth: [
    '{{n}} of 21.75 days × {{rate}} a month = {{amount}}, rounded once',
    '{{n}} 天 ÷ 21.75 天 × 每月 {{rate}} = {{amount}}（只四舍五入一次）',
  ],
  'minimum-pay': [
    '{{clock}} h at {{hourly}} an hour come to {{floor}}; what counts towards it is {{paid}}: {{amount}} is added ({{promise}})',
    '{{clock}} 小时按每小时 {{hourly}} 应为 {{floor}}，计入比较的报酬为 {{paid}}，补足 {{amount}}（{{promise}}）',
  ],
  'show-up': [
    'They came to the shift of {{at}}, which did not take place: {{clock}} h = {{amount}} ({{promise}})',
    '已到岗但 {{at}} 的班次未进行：{{clock}} 小时 = {{amount}}（{{promise}}）',
  ],
  'late-cancel': [
    'The shift of {{at}} was called off on {{cancelled}}: {{clock}} h = {{amount}} ({{promise}})',
    '{{at}} 的班次于 {{cancelled}} 取消：{{clock}} 小时 = {{amount}}（{{promise}}）',
  ],
  'late-pay': [
    '{{net}} was due on {{paysOn}} and paid on {{paidOn}}: {{days}} day(s) × {{percent}} = {{amount}} ({{promise}})',
    '{{net}} 应于 {{paysOn}} 支付，实际 {{paidOn}} 支付：{{days}} 天 × {{percent}} = {{amount}}（{{promise}}）',
  ],
  adjustment: [
    '{{reason}} ({{on}}): {{asked}} in all, {{done}} before, {{now}} in this run',
    '{{reason}}（{{on}}）：共 {{asked}}，此前 {{done}}，本次 {{now}}',
  ],
  adjustmentLeft: ['{{left}} is left for a later run', '余 {{left}} 留待以后发薪处理'],
  limit: [
    'At most {{share}} of {{income}}, and {{floor}} must stay: no more than {{most}}',
    '不超过 {{income}} 的 {{share}}，且扣后不低于 {{floor}}：最多 {{most}}',
  ],
  limitMinimum: ['Minimum wage of {{region}} since {{since}}', '{{region}} 最低工资，自 {{since}} 起'],
  ruleSource: ['{{source}} (since {{on}})', '{{source}}（自 {{on}} 起）'],
});
