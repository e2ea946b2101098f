/** The words of a worker's own day. */
import { defineWords } from '../web/i18n.ts';

export const myDayWords = defineWords('my-day', {
  askedFor: ['You asked: waits for a decision', '您的申请：等待处理'],
  disputed: ['You dispute this', '您有异议'],
  earned: ['Earned so far, before tax', '本期已赚（税前）'],
  nothingYet: ['Nothing yet today', '今天还没有打卡'],
  nothingYetMeans: ['What you clock appears here at once.', '打卡后会立即显示在这里。'],
  picture: ['Your day from midnight to midnight', '当天时间轴'],
  planned: ['Planned', '排班'],
  punches: ['Your punches', '打卡记录'],
  settle: ['Not settled yet', '尚待确认'],
  thisPeriod: ['This period', '本周期'],
  today: ['Today', '今天'],
  voided: ['voided: {{reason}}', '已作废：{{reason}}'],
  waits: ['Waits for your word', '待您确认'],
  worked: ['Worked today', '今日工时'],
});
