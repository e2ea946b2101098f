/** The words of shifts, and how their times, breaks and warnings read as sentences. */

import type { BreakRule } from '../hours/breaks.ts';
import { hoursText } from '../hours/hours-text.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatCivilDate, formatInstant, type Instant } from '../kernel/time.ts';
import { defineWords } from '../web/i18n.ts';
import type { RestRuleCode, RestWarning } from './rest-rules.ts';

export const shiftWords = defineWords('shifts', {
  shifts: ['Shifts', '班次'],
  shift: ['Shift', '班次'],
  shiftsLead: [
    'Plan the week, then publish it. Workers see only what is published.',
    '先排好一周，再发布。劳动者只看到已发布的班次。',
  ],
  week: ['Week', '周排班'],
  publish: ['Publish', '发布'],
  swaps: ['Swaps', '换班'],
  templates: ['Templates', '班次模板'],
  rosters: ['Rosters', '循环排班'],
  site: ['Site', '工作地点'],
  worker: ['Worker', '劳动者'],
  people: ['Who works it', '上班人员'],
  openRow: ['Open places', '待领班次'],
  previousWeek: ['Previous week', '上一周'],
  nextWeek: ['Next week', '下一周'],
  show: ['Show', '查看'],
  addShift: ['Add a shift', '添加班次'],
  addFor: ['Add a shift: {{who}}, {{day}}', '添加班次：{{who}}，{{day}}'],
  draft: ['Draft', '草稿'],
  changedDraft: ['Changed, not published', '有改动未发布'],
  published: ['Published', '已发布'],
  cancelled: ['Cancelled', '已取消'],
  comesOff: ['comes off', '将撤出'],
  seen: ['seen', '已确认'],
  notSeen: ['not seen yet', '未确认'],
  placesLeft: ['{{count}} open', '剩 {{count}} 个名额'],
  plannedHours: ['Hours planned', '已排工时'],
  openPlacesLeft: ['Places to claim', '待领名额'],
  swapsWaiting: ['Swaps to decide', '待审批换班'],
  add: ['Add', '添加'],
  nobodyYet: ['Nobody yet.', '尚未安排人员。'],
  neverPublished: ['Not published yet', '尚未发布'],
  neverPublishedMeans: ['Workers see it once it is published.', '发布后劳动者才能看到。'],
  noSite: ['No site to plan for yet', '还没有可排班的地点'],
  noSiteMeans: ['Shifts are planned at a site. Add one first.', '班次按工作地点安排，请先添加地点。'],
  noSiteForYou: [
    'Shifts are planned at a site. Ask HR to name you supervisor of one.',
    '班次按工作地点安排，请联系人事指定您负责的地点。',
  ],
  toSites: ['To the sites', '前往工作地点'],
  nobodyEngaged: ['Nobody is engaged at this site this week', '本周该地点没有用工人员'],
  nobodyEngagedMeans: [
    'Open shifts can be planned all the same; whoever is engaged by then may claim them.',
    '仍可安排开放班次，届时在该地点用工的人员可领取。',
  ],
  noShifts: ['No shifts on this day', '当天没有班次'],
  day: ['Day it starts', '开始日期'],
  startTime: ['Starts', '开始时间'],
  endTime: ['Ends', '结束时间'],
  endTimeHint: ['Not later than the start: the next day.', '不晚于开始时间即为次日。'],
  zoneHint: ['On the clocks of {{zone}}.', '按 {{zone}} 当地时间。'],
  fromTemplate: ['From a template', '使用模板'],
  openPlaces: ['Places to claim', '可领取名额'],
  openPlacesHint: ['Beside those chosen. Workers claim them.', '所选人员之外，由劳动者自行领取。'],
  siteIds: ['May also clock at', '其他可打卡地点'],
  breaks: ['Breaks', '休息'],
  breaksOfSite: ['As at the site', '按地点规则'],
  noBreaks: ['None', '无'],
  oneBreak: ['One break', '一次休息'],
  twoBreaks: ['Two breaks', '两次休息'],
  breakAfter: ['Break after (minutes of work)', '工作多久后休息（分钟）'],
  breakLength: ['Length (minutes)', '休息时长（分钟）'],
  breakPaid: ['Paid', '计薪'],
  breakAutomatic: ['Counts by itself', '自动计算'],
  breakAutomaticHint: ['Else the worker clocks out and in.', '否则由劳动者打卡。'],
  paid: ['paid', '计薪'],
  unpaid: ['unpaid', '不计薪'],
  breakText: ['{{length}} break after {{after}}, {{paid}}', '工作 {{after}} 后休息 {{length}}，{{paid}}'],
  early: ['May clock in earlier by (minutes)', '可提前打卡（分钟）'],
  late: ['May clock out later by (minutes)', '可延后打卡（分钟）'],
  limitHint: ['Empty: as at the site.', '留空则按地点规则。'],
  note: ['Note for the workers', '给劳动者的备注'],
  saveDraft: ['Save as a draft', '保存草稿'],
  copy: ['Copy to other days', '复制到其他日期'],
  copyTo: ['To this day', '复制到'],
  copyDo: ['Copy', '复制'],
  cancelShift: ['Cancel the shift', '取消班次'],
  removeDraft: ['Remove the draft', '删除草稿'],
  cancelAsk: ['Cancel this shift for everybody?', '确定为所有人取消该班次？'],
  discard: ['Discard the change', '放弃改动'],
  takeOff: ['Take off', '撤出'],
  reason: ['Reason', '原因'],
  reasonHint: ['The worker reads it.', '劳动者可见。'],
  removed: ['removed by the planner', '计划人员删除'],
  edit: ['Change', '修改'],
  history: ['Published so far', '发布记录'],
  when: ['When', '时间'],
  who: ['Who', '人员'],
  where: ['Where', '地点'],
  by: ['By', '操作人'],
  state: ['State', '状态'],
  before: ['Before', '原来'],
  after: ['Now', '现在'],
  warnings: ['What rest rules say', '休息规则提示'],
  warningsNone: ['No rest rule speaks against it.', '没有违反休息规则。'],
  warningsRead: ['I have read these and publish all the same.', '我已阅读以上提示，仍要发布。'],
  whyPublish: ['Why all the same', '仍要发布的原因'],
  acknowledgedBy: ['{{count}} warnings acknowledged: {{reason}}', '已确认 {{count}} 条提示：{{reason}}'],
  obstacles: ['Mend these first', '请先处理'],
  toPublish: ['Drafts of this week', '本周待发布'],
  publishDo: ['Publish ({{count}})', '发布（{{count}}）'],
  publishLead: [
    'This is what changes for the workers. They are asked to confirm it.',
    '以下为劳动者将看到的变化，他们需要确认。',
  ],
  nothingToPublish: ['Nothing to publish this week', '本周没有待发布的内容'],
  nothingToPublishMeans: ['Everything planned is published.', '所有安排均已发布。'],
  backToWeek: ['Back to the week', '返回周排班'],
  isNew: ['New', '新增'],
  isChanged: ['Changed', '变更'],
  templateName: ['Name', '名称'],
  addTemplate: ['Add a template', '添加模板'],
  endTemplate: ['Retire', '停用'],
  endTemplateAsk: ['Retire this template? Its shifts stay.', '确定停用该模板？已有班次不受影响。'],
  noTemplates: ['No templates yet', '还没有模板'],
  noTemplatesMeans: [
    'A template keeps the times and breaks of a usual shift, for planning and for rosters.',
    '模板保存常用班次的时间和休息，用于排班和循环排班。',
  ],
  addRoster: ['Add a roster', '添加循环排班'],
  rosterName: ['Name', '名称'],
  rosterFrom: ['From', '开始日期'],
  rosterUntil: ['Until (empty: open)', '结束日期（留空为长期）'],
  everyWeeks: ['Repeats every … weeks', '每几周循环'],
  everyNWeeks: ['every {{count}} weeks', '每 {{count}} 周'],
  lastDay: ['Until', '至'],
  lineOfHint: ['1 is the first week.', '1 为第一周。'],
  ownSwap: ['Somebody else decides on your own swap.', '本人参与的换班须由他人审批。'],
  everyWeek: ['every week', '每周'],
  inWeek: ['Week {{week}}', '第 {{week}} 周'],
  lineOf: ['In week', '第几周'],
  weekdays: ['On', '星期'],
  lines: ['Lines', '行数'],
  rosterDrafts: ['Make drafts', '生成草稿'],
  rosterDraftsHint: [
    'Days made before are left as they are. Publish afterwards.',
    '已生成的日期保持不变，之后请发布。',
  ],
  madeUntil: ['Drafts until {{day}}', '草稿已生成至 {{day}}'],
  noneMade: ['No drafts yet', '尚未生成草稿'],
  endRoster: ['End', '停用'],
  endRosterAsk: ['End this roster? Its shifts stay.', '确定停用该循环排班？已有班次不受影响。'],
  noRostersMeans: [
    'A roster repeats templates by the week and makes them into drafts.',
    '循环排班按周重复模板，并生成草稿。',
  ],
  rosterNeedsTemplate: [
    'A roster is made of templates. Add one first.',
    '循环排班由模板组成，请先添加模板。',
  ],
  noSwaps: ['No swaps wait for you', '没有待审批的换班'],
  noSwapsMeans: ['Swaps that two workers agreed on come here.', '双方同意的换班会显示在这里。'],
  swapGives: ['{{from}} gives {{shift}} to {{to}}', '{{from}} 将 {{shift}} 让给 {{to}}'],
  swapReturns: ['{{to}} gives {{shift}} in return', '{{to}} 以 {{shift}} 交换'],
  approveSwap: ['Approve', '批准'],
  refuseSwap: ['Refuse', '拒绝'],
  proposed: ['waits for the colleague', '待对方同意'],
  agreed: ['waits for the supervisor', '待主管审批'],
  declined: ['declined', '对方拒绝'],
  withdrawn: ['withdrawn', '已撤回'],
  approved: ['approved', '已批准'],
  refused: ['refused', '未批准'],
  lapsed: ['lapsed', '已失效'],
  settled: ['Settled', '已处理'],
  // the worker's page
  myShifts: ['My shifts', '我的班次'],
  nextShifts: ['Next shifts', '接下来的班次'],
  noNext: ['No shift is planned for you', '暂无安排的班次'],
  noNextMeans: [
    'Shifts appear here when your supervisor publishes them, or when you claim one below.',
    '主管发布班次或您领取班次后，会显示在这里。',
  ],
  changes: ['New or changed: please confirm', '班次有新增或变更，请确认'],
  confirmSeen: ['I have seen it', '我已知晓'],
  confirmAllSeen: ['I have seen all of these ({{count}})', '以下 {{count}} 条我已全部知晓'],
  onlyNow: ['New shift for you', '新安排的班次'],
  noLonger: ['No longer yours', '不再由您上班'],
  openShifts: ['Shifts to claim', '可领取的班次'],
  claim: ['Take this shift', '领取'],
  mySwaps: ['Swaps', '换班'],
  overlapsYours: ['You already have a shift at that time: {{when}}.', '您在该时段已有班次：{{when}}。'],
  restRule: ['You cannot take it: {{rule}}.', '暂不能领取：{{rule}}。'],
  offerSwap: ['Give or swap', '转让或换班'],
  offerTo: ['Ask whom?', '找谁换'],
  noColleagues: ['Nobody else can take this shift', '目前没有可接该班次的同事'],
  noColleaguesMeans: ['Ask your supervisor, who may change the plan.', '请联系主管调整排班。'],
  give: ['Give it to', '转让给'],
  exchange: ['Or for one of theirs', '或与对方交换'],
  askFor: ['Ask for this one', '申请交换'],
  offerNote: ['A word to them', '留言'],
  offer: ['Ask', '提出'],
  offerMeans: ['They agree first, then a supervisor decides.', '对方同意后由主管审批。'],
  agree: ['Agree', '同意'],
  decline: ['Decline', '拒绝'],
  withdraw: ['Take back', '撤回'],
  calendar: ['In your calendar', '日历订阅'],
  calendarMeans: [
    'Subscribe to this address in your phone’s calendar. Whoever has it can read your shifts; make a new one to shut it.',
    '在手机日历中订阅此地址。获得地址者可查看您的班次，重新生成即可使旧地址失效。',
  ],
  calendarMake: ['Make a calendar link', '生成日历链接'],
  calendarRenew: ['Make a new link', '重新生成链接'],
  calendarRenewAsk: ['The old link stops working. Go on?', '旧链接将失效，确定继续？'],
  copyLink: ['Copy', '复制'],
  mayClockAt: ['You may clock at: {{sites}}', '可在以下地点打卡：{{sites}}'],
  nextShift: ['Next shift', '下一班次'],
  changesWait: ['Changes to confirm: {{count}}', '有 {{count}} 条班次变更待确认'],
  openCount: ['{{count}} to claim', '{{count}} 个可领取'],
});

const ruleWords = defineWords('rest-rules', {
  'daily-maximum': [
    '{{name}} works {{actual}} h on {{on}}; the most is {{limit}} h.',
    '{{name}} 在 {{on}} 工作 {{actual}} 小时，上限 {{limit}} 小时。',
  ],
  'weekly-maximum': [
    '{{name}} works {{actual}} h in the week of {{on}}; more than {{limit}} h is overtime.',
    '{{name}} 在 {{on}} 当周工作 {{actual}} 小时，超过 {{limit}} 小时为加班。',
  ],
  'weekly-rest': [
    '{{name}} works on {{actual}} days in the week of {{on}}; the most is {{limit}}.',
    '{{name}} 在 {{on}} 当周工作 {{actual}} 天，最多 {{limit}} 天。',
  ],
  'minimum-rest': [
    '{{name}} rests {{actual}} h before {{on}}; {{limit}} h are the least.',
    '{{name}} 在 {{on}} 上班前仅休息 {{actual}} 小时，至少应为 {{limit}} 小时。',
  ],
  'part-time-daily': [
    '{{name}} works part-time and {{actual}} h a day on average in the week of {{on}}; the most is {{limit}} h.',
    '{{name}} 为非全日制，{{on}} 当周平均每日 {{actual}} 小时，上限 {{limit}} 小时。',
  ],
  'part-time-weekly': [
    '{{name}} works part-time and {{actual}} h in the week of {{on}}; the most is {{limit}} h.',
    '{{name}} 为非全日制，{{on}} 当周工作 {{actual}} 小时，上限 {{limit}} 小时。',
  ],
  'minor-daily': [
    '{{name}} is under 18 and works {{actual}} h on {{on}}; the most is {{limit}} h.',
    '{{name}} 未满十八周岁，{{on}} 工作 {{actual}} 小时，上限 {{limit}} 小时。',
  ],
  'minor-night': [
    '{{name}} is under 18 and works {{actual}} h of the night of {{on}} (22:00–06:00).',
    '{{name}} 未满十八周岁，{{on}} 夜间（22:00–06:00）工作 {{actual}} 小时。',
  ],
} satisfies Record<RestRuleCode, readonly [string, string]>);

const ruleNames = defineWords('rest-rule-names', {
  'daily-maximum': ['it would be too many hours on one day', '超过每日工时上限'],
  'weekly-maximum': ['it would be too many hours in one week', '超过每周工时上限'],
  'weekly-rest': ['you would have no day off in that week', '当周没有休息日'],
  'minimum-rest': ['too little rest between two shifts', '两班之间休息不足'],
  'part-time-daily': ['more hours a day than part-time work allows', '超过非全日制每日平均工时上限'],
  'part-time-weekly': ['more hours a week than part-time work allows', '超过非全日制每周工时上限'],
  'minor-daily': ['too many hours on one day for somebody under 18', '超过未满十八周岁每日工时上限'],
  'minor-night': ['no night work under 18', '未满十八周岁不得上夜班'],
} satisfies Record<RestRuleCode, readonly [string, string]>);

export const ruleName = (code: RestRuleCode, locale: Locale): string => ruleNames(locale)(code);

/** Who, how much and against what, as one sentence. */
export function warningText(warning: RestWarning, name: string, locale: Locale): string {
  const number = (value: number) => (warning.unit === 'days' ? String(value) : hoursText(value));
  return ruleWords(locale)(warning.rule, {
    name,
    on: formatCivilDate(warning.on, locale, 'MM-dd ccc'),
    actual: number(warning.actual),
    limit: number(warning.limit),
  });
}

export const sourceText = ({ source, ruleEffectiveOn }: RestWarning, locale: Locale): string =>
  `${locale === 'zh-CN' ? source.zh : source.en} · ${ruleEffectiveOn}`;

export function breaksText(breaks: readonly BreakRule[], locale: Locale): string {
  const say = shiftWords(locale);
  return breaks
    .map(({ afterSeconds, seconds, paid }) =>
      say('breakText', {
        length: hoursText(seconds),
        after: hoursText(afterSeconds),
        paid: say(paid ? 'paid' : 'unpaid'),
      }),
    )
    .join(locale === 'zh-CN' ? '；' : '; ');
}

/** `11-20 Fri 22:00–06:00 (+1)` on the site's clocks. */
export function spanText(
  { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant },
  zone: string,
  locale: Locale,
): string {
  return `${formatInstant(startsAt, zone, locale, 'MM-dd ccc')} ${clockSpan({ startsAt, endsAt }, zone)}`;
}

export function clockSpan(
  { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant },
  zone: string,
): string {
  const day = (at: Instant) => formatInstant(at, zone, 'en', 'yyyy-MM-dd');
  const nextDay = day(endsAt) > day(startsAt) ? ' (+1)' : '';
  return `${formatInstant(startsAt, zone, 'en', 'HH:mm')}–${formatInstant(endsAt, zone, 'en', 'HH:mm')}${nextDay}`;
}
