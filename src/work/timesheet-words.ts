/** The words of hours, timesheets, corrections and attendance. */
import { defineWords } from '../web/i18n.ts';
import type { ExceptionKind } from './exceptions.ts';

export const timesheetWords = defineWords('timesheet', {
  accept: ['Accept', '确认'],
  accepted: ['accepted', '已确认'],
  add: ['Add a punch', '补打卡'],
  addedBy: ['added by {{name}}', '由 {{name}} 补录'],
  allPeriods: ['Earlier periods', '以往周期'],
  approve: ['Approve these hours', '批准工时'],
  approved: ['Approved', '已批准'],
  approvedBy: [
    'Approved by {{name}} on {{at}}: {{clock}} h, digest {{digest}}',
    '{{name}} 于 {{at}} 批准：{{clock}} 小时，摘要 {{digest}}',
  ],
  at: ['When (time at the site)', '时间（工作地点当地时间）'],
  attendance: ['Attendance', '考勤'],
  attendanceLead: ['Who is at work now. From punches alone.', '当前在岗人员，均来自打卡记录。'],
  awaiting: ['waits for the worker', '待劳动者确认'],
  blocked: ['Mend these before approval: add or void a punch below.', '请先在下方补录或作废打卡，再批准。'],
  bySite: ['Site', '工作地点'],
  byState: ['State', '状态'],
  changedSince: [
    'The hours have changed since the approval. What was approved is what is paid; reopen to change it.',
    '批准后工时有变化。发薪以批准内容为准，如需更改请重新打开。',
  ],
  chart: ['Hours by day', '每日工时'],
  correctedAdd: ['{{name}} added: {{kind}} {{at}}', '{{name}} 补录：{{kind}} {{at}}'],
  correctedVoid: ['{{name}} voided: {{kind}} {{at}}', '{{name}} 作废：{{kind}} {{at}}'],
  corrections: ['Corrections', '工时更正'],
  covered: ['Covered', '保障中'],
  day: ['Day', '日期'],
  days: ['Days', '工作日'],
  dispute: ['Dispute', '提出异议'],
  disputeWhy: ['What is wrong?', '哪里不对？'],
  disputedState: ['disputed', '有异议'],
  exceptions: ['To look at', '异常'],
  filter: ['Show', '筛选'],
  forgotten: ['Forgot to clock out', '忘记下班打卡'],
  hours: ['Hours', '工时'],
  in: ['Clock-in', '上班'],
  inOut: ['Punches', '打卡'],
  kind: ['Which', '类型'],
  metres: ['Metres', '距离（米）'],
  monthly: ['Monthly', '按月'],
  myHours: ['My hours', '我的工时'],
  nextPeriod: ['Next period', '下一周期'],
  noHours: ['No work in this period yet', '本周期暂无工时'],
  noHoursMeans: ['Hours appear here as soon as you clock in and out.', '打卡后工时将显示在这里。'],
  noEngagement: ['Nobody has engaged you yet', '暂无用工关系'],
  noEngagementMeans: ['Your hours appear here once work is agreed.', '建立用工关系后，工时将显示在这里。'],
  nobodyHere: ['Nobody is at work right now', '当前无人在岗'],
  nobodyHereMeans: ['Workers appear here when they clock in.', '劳动者上班打卡后会显示在这里。'],
  noSheets: ['No hours in this period', '该周期没有工时'],
  noSheetsMeans: ['Timesheets appear as soon as somebody clocks in.', '有人打卡后即生成工时单。'],
  notCovered: ['Not covered', '无保障'],
  notOver: ['It can be approved after {{endsOn}}.', '{{endsOn}} 结束后才能批准。'],
  notSubmitted: [
    'Not submitted by the worker: approving is possible, and is marked so.',
    '劳动者尚未提交：仍可批准，并会注明。',
  ],
  notSubmittedApproved: ['Approved without submission', '未经提交即批准'],
  note: ['Note (optional)', '备注（选填）'],
  onSite: ['At work now', '当前在岗'],
  locked: ['Locked', '已锁定'],
  open: ['Open', '未提交'],
  paid: ['Paid', '已发放'],
  reopened: ['Reopened', '已重新打开'],
  out: ['Clock-out', '下班'],
  own: ['These are your own hours: somebody else approves them.', '这是您本人的工时，须由他人批准。'],
  period: ['Period', '周期'],
  place: ['Place', '位置判定'],
  previousPeriod: ['Previous period', '上一周期'],
  reason: ['Reason', '原因'],
  recent: ['Punches of the last 24 hours', '最近 24 小时打卡'],
  reopen: ['Reopen', '重新打开'],
  role: ['Work', '岗位'],
  'semi-monthly': ['Half-monthly', '按半月'],
  since: ['Since', '开始时间'],
  site: ['Site', '工作地点'],
  state: ['State', '状态'],
  submit: ['Submit these hours', '提交工时'],
  submitMeans: [
    'You say: these are my hours. Your supervisor approves them after the period.',
    '提交即确认以上为您的工时，周期结束后由主管批准。',
  ],
  submitted: ['Submitted', '已提交'],
  submittedNote: ['The worker’s note: {{note}}', '劳动者备注：{{note}}'],
  stale: ['The hours have changed since the worker submitted them.', '劳动者提交后工时有变化。'],
  timesheets: ['Timesheets', '工时单'],
  timesheetsLead: [
    'From punches to approved hours. What needs a person comes first.',
    '从打卡到批准工时，需处理的排在最前。',
  ],
  total: ['Total', '合计'],
  totalHours: ['Hours in all', '总工时'],
  toApprove: ['To approve', '待批准'],
  toMend: ['To mend', '待更正'],
  void: ['Void', '作废'],
  voided: ['voided: {{reason}}', '已作废：{{reason}}'],
  waiting: ['Waiting for your answer', '待您确认'],
  waitingMeans: [
    'Your employer changed a punch. It counts already; say whether it is right.',
    '用人单位更正了您的打卡并已生效，请确认是否属实。',
  ],
  all: ['All', '全部'],
  weekly: ['Weekly', '按周'],
  worker: ['Worker', '劳动者'],
  inside: ['Inside', '范围内'],
  outside: ['Outside', '范围外'],
  uncertain: ['Uncertain', '无法确定'],
  'no-position': ['No position', '无定位'],
  supervisorsWord: ['Supervisor’s word', '主管确认'],
});

/** What each exception means, in a sentence for worker and approver alike. */
export const exceptionWords = defineWords('timesheet-exception', {
  'at-work': ['At work now: clock out at the end of the shift.', '正在上班，下班时请打卡。'],
  'missing-out': ['A clock-out is missing. Add it.', '缺少下班打卡。请补录。'],
  'missing-in': ['A clock-in is missing. Add it.', '缺少上班打卡。请补录。'],
  overlap: [
    'The same time is counted in another engagement: void it in one of the two.',
    '同一时间已计入另一用工关系，请作废其中一处。',
  ],
  'long-shift': [
    'Longer than 16 hours: if a punch was forgotten, add it.',
    '超过 16 小时，如有漏打卡请补录。',
  ],
  'proof-missing': [
    'Clocked in elsewhere without the site’s code: a supervisor adds the punch again, or voids it.',
    '未在现场且无现场码，请主管补录或作废该打卡。',
  ],
  'units-unconfirmed': [
    'Reported pieces or days wait for a supervisor’s word: confirm or refuse them.',
    '计件或计日申报待主管确认，请确认或驳回。',
  ],
  'outside-fence': ['Punched outside the site: ask where the work was.', '在工作地点范围外打卡，请核实。'],
  'uncertain-place': [
    'The phone could not tell the place well enough: ask, or use the site’s code next time.',
    '手机定位精度不足，请核实，下次可用现场码。',
  ],
  'no-position': [
    'Punched without a position: ask, or use the site’s code next time.',
    '打卡时没有定位，请核实，下次可用现场码。',
  ],
  'clock-differs': [
    'The phone’s clock differs from ours by over two minutes: check the time, and set the phone’s clock.',
    '手机时间与系统时间相差超过两分钟，请核对时间并校准手机。',
  ],
  'clock-moved': [
    'The phone’s clock was moved between punches: check the time with the worker.',
    '两次打卡之间手机时间被调整，请与劳动者核对。',
  ],
  'time-unproven': [
    'Kept offline, and nothing proves when: check the time with the worker.',
    '离线打卡，时间无法证实，请与劳动者核对。',
  ],
  'late-synced': [
    'Kept offline and sent later: see how late beside the punch.',
    '离线打卡后补传，迟到时长见打卡记录。',
  ],
  unsigned: [
    'Not signed by a phone: have the worker enrol theirs under “My phone”.',
    '未经手机签名，请劳动者登记手机。',
  ],
  'device-revoked': [
    'Signed by a phone that was revoked: ask who held it.',
    '由已停用的手机签名，请核实使用人。',
  ],
  'chain-gap': [
    'An earlier punch of this phone has not arrived: open the app on it while online.',
    '该手机有更早的打卡尚未送达，请联网后打开应用。',
  ],
  'chain-broken': [
    'This phone’s records do not follow one another: ask the worker, and enrol the phone again.',
    '该手机的记录前后不符，请核实并重新登记手机。',
  ],
  'chain-forked': [
    'This phone signed two punches under one number: compare both, and void the wrong one.',
    '该手机以同一序号签了两次打卡，请比对并作废错误的一次。',
  ],
  'in-early': [
    'Came well before the shift: agree whether the time counts.',
    '早于班次到岗，请确认是否计入。',
  ],
  'in-late': ['Came late to the shift: ask why.', '上班迟到，请了解原因。'],
  'out-early': ['Left before the shift’s end: ask why.', '早于班次结束离岗，请了解原因。'],
  'out-late': [
    'Stayed well after the shift: agree whether the time counts.',
    '晚于班次结束离岗，请确认是否计入。',
  ],
  'without-shift': ['Worked without a planned shift: plan it, or ask why.', '无排班出勤，请补排或核实。'],
  'rest-short': [
    'Too little rest since the day before: plan a later start.',
    '与前一日间隔休息不足，请推迟上班。',
  ],
  'break-missing': [
    'The break was not clocked, or was too short: remind the worker.',
    '未打卡休息或休息不足，请提醒劳动者。',
  ],
  'engagement-not-live': [
    'Punched before the engagement began or after it ended: extend it, or void the punch.',
    '在用工期间之外打卡，请延长用工或作废打卡。',
  ],
  'site-unexpected': [
    'Punched at a site that was not agreed: ask where the work was.',
    '在未约定的工作地点打卡，请核实。',
  ],
  'contract-missing': ['No signed contract at the time: have it signed.', '打卡时尚未签署合同，请尽快签署。'],
  'identity-missing': [
    'Identity not accepted at the time: review it.',
    '打卡时尚未通过实名审核，请尽快审核。',
  ],
  'correction-asked': ['The worker asks for a correction: decide it first.', '劳动者申请了更正，请先处理。'],
  disputed: ['The worker disputes a correction: settle it with them.', '劳动者对更正有异议，请协商处理。'],
} satisfies Record<ExceptionKind, readonly [string, string]>);

/** `8:30`, and `8:30:05` when seconds are left. */
export function hoursText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = seconds % 60;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}${rest > 0 ? `:${two(rest)}` : ''}`;
}
