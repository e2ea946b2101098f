/** The words of the worker's home: the clock, what is missing, what follows. */
import { defineWords } from '../web/i18n.ts';
import type { Step, StepName } from './readiness.ts';

export const homeWords = defineWords('home', {
  title: ['Work', '工作'],
  unverified: [
    'This employer is not verified: the operator has not accepted its licence yet.',
    '该企业尚未核验：平台还没有确认其营业执照。',
  ],
  nextStep: ['Next step: {{step}}', '下一步：{{step}}'],
  beforeWork: ['Before you work', '上岗准备'],
  allDone: ['Everything is ready', '上岗准备已完成'],
  keptAnyway: [
    'You can clock in already: the punch is kept, and marked until the steps below are done.',
    '现在也可以打卡：记录会保存，但在完成以下步骤前会标注。',
  ],
  coming: ['Your work begins on {{on}}.', '您的工作从 {{on}} 开始。'],
  ended: ['Your work here ended on {{on}}.', '您在此的工作已于 {{on}} 结束。'],
  endedMeans: [
    'Contracts, hours and payslips stay here for you to read and download.',
    '合同、工时和工资条仍可在此查看和下载。',
  ],
  lastPunch: ['Last punch', '最近打卡'],
  saidBySupervisor: ['Added by your supervisor.', '由主管补录。'],
  coverNow: ['Covered now', '保障中'],
  insuredBy: ['insured by {{insurer}}, policy {{policy}}', '由 {{insurer}} 承保，保单号 {{policy}}'],
  ownPromise: ['your employer’s own promise, not insurance', '用工方自行承诺，非保险'],
  notCovered: ['Nothing covers you at work today.', '今日工作暂无保障。'],
  thisPeriod: ['Hours this period', '本周期工时'],
  earned: ['Earned so far', '本周期收入（未扣税）'],
  card: ['Work card', '电子工牌'],
  identity: ['Who I am', '实名与收款'],
  devices: ['Phones that sign for me', '为我签名的手机'],
  account: ['Account and keys', '账号与密钥'],
});

export const stepWords = defineWords('home-step', {
  identity: ['Identity', '实名认证'],
  position: ['Position at clock-in', '打卡定位授权'],
  account: ['Bank account', '收款账户'],
  engagement: ['Engagement', '用工安排'],
  contract: ['Contract', '签署合同'],
  'identity-worker': ['State who you are, with photos', '填写身份并上传证件照片'],
  'identity-employer': ['Your employer is reviewing it', '用工方审核中'],
  'position-worker': ['Say whether it may be read', '请确认是否授权'],
  'account-worker': ['Enter where you are paid', '填写收款账户'],
  'engagement-employer': ['Your employer sets your work and rate', '等待用工方安排岗位和报酬'],
  'contract-worker': ['Read and sign', '阅读并签署'],
  'contract-employer': ['Your employer prepares or signs it', '等待用工方发出或签署'],
  done: ['Done', '已完成'],
} satisfies Record<string, readonly [string, string]>);

export type StepText = Exclude<Parameters<ReturnType<typeof stepWords>>[0], StepName | 'done'>;
export const stepKey = ({ name, turn }: Step) => `${name}-${turn}` as StepText;
