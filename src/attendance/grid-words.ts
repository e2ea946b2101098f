/** The words of the month grid. */
import { defineWords } from '../web/i18n.ts';

export const gridWords = defineWords('grid', {
  allClients: ['All clients', '全部客户'],
  anybody: ['Everybody', '全部'],
  client: ['Client', '客户'],
  grid: ['Month', '月度考勤'],
  gridLead: [
    'Hours of each day, paid ones. ! must be mended before approval, ? is worth a look.',
    '每日计酬工时。“!”须先处理才能批准，“?”建议查看。',
  ],
  lines: ['{{count}} lines', '共 {{count}} 行'],
  mustMend: ['must be mended', '须处理'],
  name: ['Name begins with', '姓名开头'],
  nextMonth: ['Next month', '下个月'],
  nextPage: ['Next page', '下一页'],
  nobody: ['Nobody in this month', '本月无人员'],
  nobodyMeans: [
    'Nobody fits, or nobody was engaged then. Choose another month or show everybody.',
    '没有符合条件的人员，或当月无用工关系。请更换月份或筛选条件。',
  ],
  onlyExceptions: ['Only with something to look at', '仅看异常'],
  pageOf: ['Page {{page}} of {{pages}}', '第 {{page}} / {{pages}} 页'],
  previousMonth: ['Previous month', '上个月'],
  previousPage: ['Previous page', '上一页'],
  show: ['Show', '显示'],
  total: ['Total', '合计'],
  toLookAt: ['{{count}} to look at', '{{count}} 项异常'],
  worthALook: ['worth a look', '建议查看'],
});
