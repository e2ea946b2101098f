/** What each exception means to the worker whose hours they are: who asks and is asked, and decides none of it. */
import type { ExceptionKind } from '../hours/exceptions.ts';
import { defineWords } from '../web/i18n.ts';

export const myExceptionWords = defineWords('my-exception', {
  'at-work': ['At work now: clock out at the end of the shift.', '正在上班，下班时请打卡。'],
  'missing-out': ['A clock-out is missing: ask for it to be added.', '缺少下班打卡，请申请补录。'],
  'missing-in': ['A clock-in is missing: ask for it to be added.', '缺少上班打卡，请申请补录。'],
  overlap: [
    'The same time is counted in other work of yours: ask not to count it in one of the two.',
    '同一时间已计入您的另一份工作，请申请其中一处不计。',
  ],
  'long-shift': [
    'Longer than 16 hours: if you forgot to clock, ask for it to be added.',
    '超过 16 小时，如有漏打卡请申请补录。',
  ],
  'proof-missing': [
    'Clocked in elsewhere without the site’s code: your supervisor has to vouch for it.',
    '未在现场且无现场码，须由主管确认。',
  ],
  'units-unconfirmed': ['Your pieces or days wait for your supervisor.', '您的计件或计日申报待主管确认。'],
  'outside-fence': [
    'Punched outside the site: your supervisor may ask where the work was.',
    '在工作地点范围外打卡，主管可能会向您核实。',
  ],
  'uncertain-place': [
    'Your phone could not tell the place well enough: use the site’s code next time.',
    '手机定位精度不足，下次可用现场码。',
  ],
  'no-position': [
    'Punched without a position: use the site’s code next time.',
    '打卡时没有定位，下次可用现场码。',
  ],
  'clock-differs': [
    'Your phone’s clock differs from ours by over two minutes: check the time, and set the clock.',
    '手机时间与系统时间相差超过两分钟，请核对打卡时间并校准手机。',
  ],
  'clock-moved': [
    'Your phone’s clock was moved between punches: check the time.',
    '两次打卡之间手机时间被调整，请核对打卡时间。',
  ],
  'time-unproven': [
    'Kept offline, and nothing proves when: check the time.',
    '离线打卡，时间无法证实，请核对打卡时间。',
  ],
  'late-synced': ['Kept offline and sent later.', '离线打卡后补传。'],
  unsigned: [
    'Not signed by a phone: enrol yours under “My phones”.',
    '未经手机签名，请在“我的设备”登记手机。',
  ],
  'device-revoked': [
    'Signed by a phone that was removed: your supervisor may ask who held it.',
    '由已停用的手机签名，主管可能会向您核实。',
  ],
  'card-not-valid': [
    'The card shown at the tablet did not hold that day: your supervisor may ask who was there.',
    '在平板出示的工牌当日无效，主管可能会向您核实。',
  ],
  'chain-gap': [
    'An earlier punch of this phone has not arrived: open the app on it while online.',
    '该手机有更早的打卡尚未送达，请联网后打开应用。',
  ],
  'chain-broken': [
    'Your phone’s records do not follow one another: enrol it again under “My phones”.',
    '手机的记录前后不符，请在“我的设备”重新登记。',
  ],
  'chain-forked': [
    'Your phone signed two punches under one number: ask not to count the wrong one.',
    '手机以同一序号签了两次打卡，请申请不计错误的一次。',
  ],
  'in-early': [
    'Came well before the shift: your supervisor decides whether the time counts.',
    '早于班次到岗，是否计入由主管确认。',
  ],
  'in-late': ['Clocked in after the shift’s start.', '晚于班次开始打卡。'],
  'out-early': ['Clocked out before the shift’s end.', '早于班次结束打卡。'],
  'out-late': [
    'Stayed well after the shift: your supervisor decides whether the time counts.',
    '晚于班次结束离岗，是否计入由主管确认。',
  ],
  'without-shift': ['Worked without a planned shift.', '无排班出勤。'],
  'rest-short': ['Too little rest since the day before.', '与前一日间隔休息不足。'],
  'break-missing': [
    'The break was not clocked, or was too short: clock out and in for it.',
    '未打卡休息或休息不足，休息前后请打卡。',
  ],
  'engagement-not-live': [
    'Punched before this work began or after it ended: speak with HR.',
    '在用工期间之外打卡，请联系人事。',
  ],
  'site-unexpected': [
    'Punched at a site that was not agreed: your supervisor may ask about it.',
    '在未约定的工作地点打卡，主管可能会向您核实。',
  ],
  'contract-missing': ['No signed contract at the time.', '打卡时尚未签署合同。'],
  'identity-missing': ['Your identity was not accepted at the time.', '打卡时尚未通过实名审核。'],
  'correction-asked': ['You asked for a correction: somebody else decides it.', '您申请了更正，等待处理。'],
  disputed: [
    'You dispute a correction: your supervisor settles it with you.',
    '您对更正有异议，主管将与您协商处理。',
  ],
} satisfies Record<ExceptionKind, readonly [string, string]>);
