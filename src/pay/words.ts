/** The pay room's words. */
import { defineWords } from '../web/i18n.ts';

export const payWords = defineWords('pay', {
  approvedByOne: ['Approved by one person.', '由一人计算并批准。'],
  nothingWithheld: [
    'Nothing was withheld: no withholding rules are configured for {{country}}.',
    '未预扣税款：尚未配置 {{country}} 的预扣规则。',
  ],
  formulaHours: [
    '{{clock}} h ({{seconds}} s) × {{rate}} an hour ÷ 3600 s = {{amount}}, rounded once',
    '{{clock}} 小时（{{seconds}} 秒）× 每小时 {{rate}} ÷ 3600 秒 = {{amount}}（只四舍五入一次）',
  ],
  formulaPaidBefore: [
    'Paid before on {{paysOn}} (run {{run}}, line {{line}}): {{amount}}',
    '此前已于 {{paysOn}} 发放（发薪 {{run}}，第 {{line}} 行）：{{amount}}',
  ],
  formulaCorrection: [
    'These hours are worth {{now}}; {{before}} was paid: difference in this run {{amount}}',
    '该周期工时应得 {{now}}，已发 {{before}}，本次差额 {{amount}}',
  ],
  formulaLeft: [
    '{{amount}} more was paid than earned and is left for a later run, because this one has not enough',
    '另有多发的 {{amount}} 本次不足以扣回，留待以后发薪处理',
  ],
  formulaNone: ['Nothing is withheld for a sole trader.', '个体工商户不预扣税款。'],
  formulaEarlier: [
    'Paid on {{paysOn}} (run {{run}}): gross {{gross}}, withheld {{withheld}}',
    '{{paysOn}} 已发（发薪 {{run}}）：应发 {{gross}}，已预扣 {{withheld}}',
  ],
  formulaMonth: [
    'Payments of {{span}} for this project count as one: {{gross}}, of which {{now}} now',
    '{{span}} 同一项目的收入合并为一次：{{gross}}，其中本次 {{now}}',
  ],
  formulaYear: [
    'Payments of {{span}} so far: {{gross}}, of which {{now}} now; {{months}} month(s) counted',
    '{{span}} 年累计收入：{{gross}}，其中本次 {{now}}；计 {{months}} 个月',
  ],
  formulaTaxable: [
    'Taxable: {{gross}} − {{deduction}} (not below zero) = {{taxable}}',
    '应纳税所得额：{{gross}} − {{deduction}}（不低于零）= {{taxable}}',
  ],
  formulaTax: [
    'Tax: {{taxable}} × {{rate}} − {{quick}} (quick deduction) = {{tax}}',
    '税额：{{taxable}} × {{rate}} − {{quick}}（速算扣除数）= {{tax}}',
  ],
  formulaWithheld: [
    'Less {{before}} withheld already: {{amount}} withheld now',
    '减去已预扣 {{before}}：本次预扣 {{amount}}',
  ],
  formulaCarried: [
    '{{amount}} is carried: the next payment settles it',
    '余额 {{amount}} 结转，由下一次发放抵减',
  ],
});
