/** The words of pieces and days. */
import { defineWords } from '../web/i18n.ts';

export const unitWords = defineWords('units', {
  confirm: ['Confirm', '确认'],
  confirmed: ['Confirmed', '已确认'],
  day: ['Days of work', '工作日数'],
  from: ['Reported by', '申报人'],
  noneMeans: [
    'For work that is paid by the piece or the day. Report it below; hours need no report.',
    '用于计件或计日工作，请在下方申报；计时工作无需申报。',
  ],
  note: ['Note (optional)', '备注（选填）'],
  on: ['Day', '日期'],
  piece: ['Pieces', '件数'],
  quantity: ['How many', '数量'],
  quantityHint: ['Up to two decimals, e.g. 0.5 for half a day.', '最多两位小数，如半天填 0.5。'],
  reason: ['Reason', '原因'],
  refuse: ['Refuse', '驳回'],
  refused: ['Refused', '已驳回'],
  report: ['Report', '申报'],
  reportMeans: ['Your supervisor confirms it; then it stands on your timesheet.', '主管确认后计入工时单。'],
  reportFor: ['Report for this worker: it counts as confirmed.', '代劳动者申报，视为已确认。'],
  state: ['State', '状态'],
  title: ['Pieces and days', '计件与计日'],
  unit: ['Of what', '单位'],
  waits: ['waits for a supervisor', '待主管确认'],
  withdraw: ['Withdraw', '撤回'],
  withdrawn: ['Withdrawn', '已撤回'],
});
