/** The words of contracts: reading, signing, downloading, offering. */
import { defineWords } from '../web/i18n.ts';

export const contractWords = defineWords('contract', {
  contracts: ['Contracts', '合同'],
  contract: ['Contract', '合同'],
  none: ['No contract yet', '暂无合同'],
  noneMeans: [
    'Your employer offers one after your identity is accepted. It appears here, and you read it before you sign.',
    '实名审核通过后，用工方会发出合同。合同会显示在这里，请先阅读再签署。',
  ],
  offered: ['To sign', '待签署'],
  'signed-by-worker': ['Waits for the employer', '待用工方签署'],
  signed: ['Being sealed', '正在封存'],
  sealed: ['In force', '已生效'],
  declined: ['Declined', '已拒签'],
  offeredOn: ['Offered {{on}}', '{{on}} 发出'],
  validity: ['Valid', '期限'],
  until: ['{{from}} until {{until}}', '{{from}} 至 {{until}}'],
  openEnded: ['from {{from}}', '{{from}} 起'],
  employer: ['Employer', '用工方'],
  worker: ['Worker', '劳动者'],
  signatures: ['Signatures', '签署情况'],
  notSigned: ['not signed yet', '尚未签署'],
  gradeA: ['with a passkey', '通行密钥签署'],
  gradeB: ['with this phone’s key (grade B)', '手机密钥签署（B 级）'],
  sealedAt: ['Sealed', '封存时间'],
  loading: ['Loading the document…', '正在载入文件……'],
  drawing: ['Page {{page}} of {{pages}}', '第 {{page}} 页，共 {{pages}} 页'],
  checked: [
    'These pages are the very file that is signed (SHA-256 {{digest}}).',
    '以上页面即为签署的原始文件（SHA-256 {{digest}}）。',
  ],
  differs: [
    'The file that arrived is not the one that was offered. Do not sign; tell your employer.',
    '收到的文件与发出的不一致。请勿签署，并告知用工方。',
  ],
  unreadable: [
    'The document could not be shown. Check the connection and load this page again.',
    '文件无法显示。请检查网络后重新打开本页。',
  ],
  asText: ['Read as text', '以文字阅读'],
  download: ['Download (PDF)', '下载 PDF'],
  downloadOffer: ['Download what was offered (PDF)', '下载待签文本 PDF'],
  sign: ['Sign', '签署合同'],
  signMeans: [
    'Your passkey, or this phone’s own key where there is none, signs exactly these pages.',
    '您的通行密钥（没有则用本手机密钥）将对以上页面签名。',
  ],
  signAsEmployer: ['Sign for {{employer}}', '代表 {{employer}} 签署'],
  waitRead: ['Sign when the pages are shown', '页面显示后可签署'],
  decline: ['Decline', '不同意，拒签'],
  declineReason: ['What is wrong with it?', '哪里不同意？'],
  declineConfirm: ['Decline this contract?', '确定拒签这份合同吗？'],
  declinedBecause: ['Declined: {{reason}}', '已拒签：{{reason}}'],
  unverifiedThen: [
    'The employer’s licence was not verified when this was offered.',
    '发出本合同时，该企业营业执照尚未核验。',
  ],
  waitsForEmployer: [
    'You have signed. The employer signs next; nothing more for you to do.',
    '您已签署，等待用工方签署，无需其他操作。',
  ],
  sealing: [
    'Both have signed. The file is being sealed; this takes a moment.',
    '双方已签署，正在封存文件，请稍候。',
  ],
  waitsForWorker: ['The worker signs first.', '须由劳动者先签署。'],
});
