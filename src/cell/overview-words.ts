/** Words of the overview. */
import { defineWords } from '../web/i18n.ts';

export const overviewWords = defineWords('overview', {
  title: ['Overview', '概览'],
  lead: ['What happens now, and what waits for you.', '当前情况与待办事项。'],
  atWork: ['At work now', '正在工作'],
  covered: ['Covered now', '保障生效中'],
  forgotten: ['Clock-out missing', '未打下班卡'],
  reviews: ['Identity reviews', '待实名审核'],
  admissions: ['Waiting to be admitted', '待批准加入'],
  contracts: ['Contracts to sign', '待我方签署合同'],
  timesheets: ['Submitted hours to approve', '已提交待批准工时单'],
  requests: ['Corrections asked for', '待处理更正申请'],
  nextRun: ['Next pay day', '下次发薪日'],
  none: ['—', '—'],
  unverifiedTitle: ['This employer is not verified yet', '企业尚未核验'],
  licenceMissing: [
    'Hand in the business licence. Until the operator accepts it, invitations, contracts and cards say “unverified”.',
    '请提交营业执照。平台核验之前，邀请、合同和工牌都会标注“未核验”。',
  ],
  licenceWaiting: [
    'The licence is with the operator. Until it is accepted, invitations, contracts and cards say “unverified”.',
    '营业执照已提交，等待平台核验。在此之前，邀请、合同和工牌都会标注“未核验”。',
  ],
  licenceRefused: [
    'The operator refused the licence: {{reason}} Please hand in another one.',
    '平台未通过营业执照：{{reason}}请重新提交。',
  ],
  toSettings: ['To the licence', '前往提交'],
  askOwner: ['An owner can do this in the settings.', '请所有者在设置中处理。'],
  stepsTitle: ['First steps', '开始使用'],
  stepsLead: ['{{done}} of {{all}} done', '已完成 {{done}} / {{all}}'],
  chartTitle: ['Hours of the last 14 days', '近 14 天工时'],
  chartLead: [
    'Finished shifts, each on the day it began. {{hours}} hours in all.',
    '已结束的班次，计入开始当天，共 {{hours}} 小时。',
  ],
  chartNone: [
    'Nobody has finished a shift in the last 14 days. Hours appear here after the first clock-out.',
    '近 14 天没有完成的班次，首次下班打卡后在此显示。',
  ],
  asTable: ['The same as a table', '以表格查看'],
  day: ['Day', '日期'],
  hours: ['Hours', '工时'],
  shifts: ['Shifts', '班次'],
  total: ['Total', '合计'],
});

/** Each first step: what to do, and why. */
export const stepWords = defineWords('first-step', {
  licence: ['Hand in the business licence', '提交营业执照'],
  licenceWhy: ['So that people see who they work for.', '让劳动者知道用工方已核验。'],
  site: ['Add a site', '添加工作地点'],
  siteWhy: ['With the circle in which clocking in counts.', '并设定打卡范围。'],
  guarantee: ['Say what covers people at work', '设置工作期间的保障'],
  guaranteeWhy: ['It starts with each clock-in.', '每次上班打卡即生效。'],
  invitation: ['Invite people', '邀请人员'],
  invitationWhy: ['By a link or QR code, for one or for a group.', '通过链接或二维码，可单人或群发。'],
  review: ['Accept the first identity', '通过首个实名审核'],
  reviewWhy: ['Compare the photos with the document’s number.', '核对照片与证件号码。'],
  engagement: ['Engage somebody', '建立用工关系'],
  engagementWhy: ['Role, sites, pay period and rate.', '岗位、地点、发薪周期和时薪。'],
  contract: ['Offer a contract', '发出合同'],
  contractWhy: ['The worker signs first, then you.', '劳动者先签，随后由您签署。'],
  punch: ['See the first clock-in', '迎来首次打卡'],
  punchWhy: ['It appears under Attendance at once.', '考勤页会立即显示。'],
});
