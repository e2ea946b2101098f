/** The words of attendance: who is here, who should be, and the ways to what lies behind. */
import { defineWords } from '../web/i18n.ts';

export const attendanceWords = defineWords('attendance', {
  all: ['All sites', '全部地点'],
  asOf: ['As of {{time}}. What changes appears by itself.', '截至 {{time}}，有变化时自动更新。'],
  asOfStale: ['No connection. This is what was known at {{time}}.', '连接中断，以下为 {{time}} 的情况。'],
  downloads: ['Downloads', '下载'],
  exceptions: ['To resolve', '待处理异常'],
  exceptionsLead: [
    'What a person must look at in the hours of the last 31 days that are not approved. Each line leads to its timesheet.',
    '最近 31 天未批准工时中需人工处理的事项，点击可进入相应工时单。',
  ],
  exceptionsMore: ['The first {{shown}} of {{count}} are shown.', '共 {{count}} 项，显示前 {{shown}} 项。'],
  grid: ['Month', '月度考勤'],
  imports: ['Import', '导入'],
  late: ['Expected, not here', '应到未到'],
  lateMeans: [
    'Their published shift began longer ago than the site allows, and they have not clocked in.',
    '已发布的班次已开始并超过该地点允许的时间，仍未上班打卡。',
  ],
  minutesLate: ['{{minutes}} min late', '晚 {{minutes}} 分钟'],
  moreDays: ['{{count}} more days', '另 {{count}} 天'],
  nobodyLate: ['Nobody is missing', '无人缺勤'],
  noExceptions: ['Nothing to resolve', '没有待处理异常'],
  noExceptionsMeans: [
    'Missing punches, overlaps and doubts about the place appear here as they arise.',
    '漏打卡、重叠或位置存疑等情况会显示在这里。',
  ],
  now: ['Now', '当前'],
  planned: ['Planned', '计划'],
  sheet: ['Timesheet', '工时单'],
  what: ['What', '事项'],
});
