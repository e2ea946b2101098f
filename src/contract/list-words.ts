/** The words of the console's contracts. */
import { defineWords } from '../web/i18n.ts';

export const listWords = defineWords('contract-list', {
  all: ['All contracts', '全部合同'],
  contracts: ['Contracts', '合同'],
  employer: ['Employer', '我方'],
  lead: [
    'Offered once as a file; those bytes are what both sign, and what is sealed.',
    '发出时生成文件，双方签署并加封的就是这份文件。',
  ],
  none: ['No contracts yet', '还没有合同'],
  noneMeans: [
    'Offer one on a worker’s page, after the identity is accepted and an engagement is made.',
    '实名通过并建立用工关系后，可在人员页面发出合同。',
  ],
  noneSuch: ['None here', '没有此类合同'],
  noneSuchMeans: ['Choose another state above, or show all.', '请选择其他状态，或查看全部。'],
  offerAgain: ['Offer another one', '重新发出合同'],
  offered: ['Offered', '发出时间'],
  own: ['your own: somebody else signs', '您本人的合同，须由他人签署'],
  ownMeans: [
    'This is your own contract: somebody else signs for the employer.',
    '这是您本人的合同，须由他人代表企业签署。',
  ],
  people: ['People', '查看人员'],
  person: ['About this person', '人员信息'],
  readAndSign: ['Read and sign', '阅读并签署'],
  'shelf-declined': ['Declined', '已拒签'],
  'shelf-done': ['Signed by both', '双方已签署'],
  'shelf-mine': ['Wait for you', '待我方签署'],
  'shelf-theirs': ['With the worker', '待劳动者签署'],
  signatures: ['Signed (grade)', '已签署（等级）'],
  signedAt: ['signed {{at}}', '已于 {{at}} 签署'],
  state: ['State', '状态'],
  titleOf: ['Contract with {{name}}', '与 {{name}} 的合同'],
  toSign: ['Wait for your signature', '等待我方签署'],
  validity: ['Valid', '期限'],
  work: ['Work', '岗位'],
  worker: ['Worker', '劳动者'],
});
