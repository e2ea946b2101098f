/** The clock's words. They live on the phone, because it speaks without a network, too. */
import { speak } from './words.ts';

export const sayClock = speak({
  in: ['Clock in', '上班打卡'],
  out: ['Clock out', '下班打卡'],
  since: ['At work since {{at}}', '{{at}} 开始上班'],
  notAtWork: ['Not at work', '未在岗'],
  site: ['Site', '工作地点'],
  forgotten: [
    'You clocked in on {{at}} and not out. Ask for a correction under “Hours”; you can clock in anew.',
    '您于 {{at}} 上班打卡后没有下班打卡。请在“工时”中申请更正；现在可以重新上班打卡。',
  ],
  locating: ['Reading your position…', '正在定位……'],
  locatingSoFar: ['Reading your position… ± {{metres}} m so far', '正在定位……目前误差 ± {{metres}} 米'],
  sending: ['Sending…', '正在发送……'],
  keeping: ['Signing…', '正在签名……'],
  keptHere: [
    'Kept on this phone. It is sent by itself as soon as there is a connection.',
    '已保存在本机，联网后自动发送。',
  ],
  notKept: ['This phone could not keep the punch. Try again.', '本机未能保存打卡，请重试。'],
  anyway: ['Clock in anyway', '仍然上班打卡'],
  outAnyway: ['Clock out', '下班打卡'],
  again: ['Locate again', '重新定位'],
  cancel: ['Not now', '暂不打卡'],
  siteCode: ['Site code', '现场码'],
  siteCodeHint: [
    'Six digits on the screen or tablet at the site. They show that you are there.',
    '现场屏幕或平板上显示的六位数字，用于证明您在现场。',
  ],
  siteCodeWrong: ['The site code has six digits.', '现场码为六位数字。'],
  withCode: ['Clock in with the code', '使用现场码打卡'],
  outWithCode: ['Clock out with the code', '使用现场码打卡'],
  codeReady: ['The site code was read. Now clock in or out.', '已读取现场码，请打卡。'],
  positionWhen: [
    'Your position is read when you tap, at most 15 seconds, and at no other time.',
    '仅在点击打卡时定位，最长 15 秒，其他时间不读取位置。',
  ],
  positionOff: [
    'You have not agreed to your position being read, so punches are without one.',
    '您未同意读取位置，打卡将不含位置信息。',
  ],
  waiting: ['Waiting to be sent', '待发送'],
  waitingOne: ['waiting', '待发送'],
  waitsNote: [
    'Signed and kept on this phone. Sent by itself when there is a connection; you need not be signed in.',
    '已签名并保存在本机，联网后自动发送，无需登录。',
  ],
  waitsUnsigned: ['Needs you to be signed in.', '需要登录后发送。'],
  others: [
    '{{count}} punches of another person wait on this phone and are sent by themselves.',
    '本机有他人的 {{count}} 条打卡待发送，将自动发送。',
  ],
  refused: ['Not accepted', '未被接受'],
  refusedNote: [
    'Sending these again would not help. Ask for a correction under “Hours”.',
    '重新发送无效，请在“工时”中申请更正。',
  ],
  arrived: ['Sent later', '补传的打卡'],
  arrivedLate: ['arrived {{late}} late', '延迟 {{late}} 送达'],
  clockAhead: ['this phone’s clock was {{by}} ahead', '手机时钟快 {{by}}'],
  clockBehind: ['this phone’s clock was {{by}} behind', '手机时钟慢 {{by}}'],
  counted: ['counted at {{at}}', '计为 {{at}}'],
  timeUnproven: [
    'the time could not be confirmed; your supervisor sees both times',
    '时间无法确认，主管可看到两个时间',
  ],
  dismiss: ['Dismiss', '知道了'],
  clockOff: [
    'This phone’s clock is {{by}} {{way}}. The times here are the right ones; please set the phone’s clock.',
    '手机时钟{{way}} {{by}}。此处显示的是正确时间，请校准手机时钟。',
  ],
  ahead: ['ahead', '快'],
  behind: ['behind', '慢'],
  minutes: ['{{n}} min', '{{n}} 分钟'],
  seconds: ['{{n}} s', '{{n}} 秒'],
  hours: ['{{h}} h {{n}} min', '{{h}} 小时 {{n}} 分钟'],
  wholeHours: ['{{h}} h', '{{h}} 小时'],
  days: ['{{d}} d {{h}} h', '{{d}} 天 {{h}} 小时'],
  offline: ['No connection. You can clock in and out all the same.', '没有网络，仍可正常打卡。'],
  unsigned: [
    'This browser cannot keep a key, so your punches are not signed by this phone and your supervisor sees that. Use a current browser, outside of private mode.',
    '此浏览器无法保存密钥，打卡未经本机签名，主管可见。请使用新版浏览器，并关闭无痕模式。',
  ],
  notLasting: [
    'This browser keeps nothing (private mode?). Keep this page open until your punch is sent.',
    '此浏览器不保存数据（可能为无痕模式）。打卡发送前请勿关闭本页。',
  ],
  mayForget: [
    'This browser may delete waiting punches when the phone runs short of space. Put this page on the home screen, or connect soon.',
    '手机空间不足时，浏览器可能删除待发送的打卡。请将本页添加到主屏幕，或尽快联网。',
  ],
  nearlyFull: [
    'This phone is nearly full. Free some space, or punches may not be kept.',
    '手机存储空间即将用尽，请清理空间，否则打卡可能无法保存。',
  ],
  enrolled: ['This phone now signs your punches.', '本机已登记，将为您的打卡签名。'],
  enrolFailed: [
    'This phone is not yet known to your employer: {{why}} Your punches are kept and sent once it is.',
    '本机尚未在用工方登记：{{why}} 打卡会保存，登记后发送。',
  ],
  phoneRemoved: [
    'This phone was removed and no longer signs your punches.',
    '本机已被移除，不再为您的打卡签名。',
  ],
  useAgain: ['Use this phone again', '重新登记本机'],
  newDevice: [
    'A new phone signs punches for you: {{label}}, since {{on}}.',
    '新手机已登记为您打卡签名：{{label}}（{{on}}）。',
  ],
  notMine: ['Not mine, remove it', '不是我的，移除'],
  signIn: ['Sign in', '登录'],
  signedOut: [
    'You are signed out. You can clock in and out all the same; sign in for everything else.',
    '您已退出登录，仍可打卡。其他功能请登录后使用。',
  ],
  nothingKept: [
    'Nothing is kept on this phone. Sign in and open your work once, then this page works without a network.',
    '本机没有保存的内容。请登录并打开一次工作页面，之后无网络也可使用。',
  ],
  notHere: ['You have no work here at the moment.', '您目前在此没有工作安排。'],
  open: ['Open my work', '打开我的工作'],
});

/** How long: `45 s`, `12 min`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  if (whole < 60) return sayClock('seconds', { n: whole });
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return sayClock('minutes', { n: minutes });
  if (minutes < 48 * 60) {
    const [h, n] = [Math.floor(minutes / 60), minutes % 60];
    return n === 0 ? sayClock('wholeHours', { h }) : sayClock('hours', { h, n });
  }
  return sayClock('days', { d: Math.floor(minutes / 1440), h: Math.floor((minutes % 1440) / 60) });
}
