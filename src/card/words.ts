/** The words of the work card. */
import { defineWords } from '../web/i18n.ts';

export const cardWords = defineWords('card', {
  card: ['Work card', '电子工牌'],
  none: ['No card yet', '暂无工牌'],
  noneMeans: [
    'Your card appears here by itself as soon as both have signed the contract.',
    '双方签署合同后，工牌会自动显示在这里。',
  ],
  toContracts: ['My contracts', '查看合同'],
  validFrom: ['From', '起'],
  validUntil: ['Until', '至'],
  scan: ['Whoever scans this sees whether the card holds today.', '扫码即可查验今日是否有效。'],
  rotates: ['The code changes every half minute.', '二维码每半分钟更新一次。'],
  stale: [
    'No connection: this code is an old one. It still works at the gate, where your supervisor sees that it was old.',
    '网络已断开：此码未更新。现场仍可使用，但主管会看到它不是最新的。',
  ],
  qr: ['QR code of this card', '工牌二维码'],
  'not-yet': ['Not valid yet', '尚未生效'],
  over: ['No longer valid', '已失效'],
  revoked: ['Revoked', '已吊销'],
  unverified: ['Unverified employer', '未核验企业'],
});
