/** The words of phones that sign punches, for their owner and for HR. */
import { defineWords } from '../web/i18n.ts';

export const deviceWords = defineWords('device', {
  title: ['Phones that sign for me', '为我签名的手机'],
  hrTitle: ['Phones that sign their punches', '为其打卡签名的手机'],
  note: [
    'Each clock-in is signed by the phone it was made on. A phone you do not know, or no longer have: remove it.',
    '每次打卡由所用手机签名。不认识或已不再使用的手机，请移除。',
  ],
  hrNote: [
    'A removed phone signs no more. What it signed before stays and counts; what it signed after is not taken.',
    '移除后该手机不能再签名。移除前的打卡仍然有效，移除后的不再接受。',
  ],
  none: ['No phone yet', '尚无登记手机'],
  noneMeans: [
    'Open “Work” on your phone: it is enrolled by itself, and punches are signed from then on.',
    '在手机上打开“工作”页面即自动登记，此后的打卡均会签名。',
  ],
  hrNone: [
    'No phone is enrolled yet. It happens by itself when the worker opens their work page on it.',
    '尚无登记手机。劳动者在手机上打开工作页面后自动登记。',
  ],
  since: ['since {{at}}', '自 {{at}}'],
  'by-passkey': ['bound by a passkey', '经通行密钥绑定'],
  'by-code': ['bound by a code', '经验证码绑定'],
  'by-supervisor': ['bound face to face by a supervisor', '经主管当面绑定'],
  grade: ['grade B', 'B 级'],
  fresh: ['New', '新登记'],
  removed: ['Removed', '已移除'],
  removedBy: ['{{name}}, {{at}}: {{reason}}', '{{name}}，{{at}}：{{reason}}'],
  remove: ['Remove', '移除'],
  reason: ['Why', '原因'],
  reasonHint: ['Such as: lost, sold, not mine.', '例如：丢失、已转让、不是本人的。'],
  ask: ['Remove this phone? It signs no more punches here.', '移除此手机？移除后不能再为此处的打卡签名。'],
});
