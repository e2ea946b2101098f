/** The words of site tablets: the tablet's own screen, and the console's page of them. */
import { defineWords } from '../web/i18n.ts';

export const kioskWords = defineWords('kiosk', {
  // the tablet
  title: ['Clock in and out', '打卡'],
  setUp: ['Set up this tablet', '设置此平板'],
  setUpMeans: [
    'Make a code in the console, under the site’s tablets, and type it here. Then the tablet stays signed in as itself.',
    '在管理后台该地点的“现场平板”中生成设置码并在此输入，之后平板将以自身身份使用。',
  ],
  code: ['Set-up code', '设置码'],
  codeHint: ['Twelve digits, good for an hour and for one tablet', '12 位数字，一小时内有效，仅限一台平板'],
  setUpNow: ['Set up', '开始设置'],
  revoked: [
    'This tablet was revoked. Nobody can clock here. Ask the supervisor.',
    '此平板已停用，无法打卡，请联系主管。',
  ],
  ready: ['Hold your card’s QR code before the camera', '请将工牌二维码对准摄像头'],
  orNumber: ['Or type the number of your card', '或输入工牌编号'],
  next: ['Next', '下一步'],
  unknown: [
    'This card is not one for this site today. Ask your supervisor.',
    '此工牌今天不适用于该地点，请联系主管。',
  ],
  offline: [
    'No network. You can clock: it is kept here and sent later.',
    '网络已断开。仍可打卡，稍后自动发送。',
  ],
  waiting: ['{{count}} waiting to be sent', '{{count}} 条待发送'],
  lastIn: ['At work since {{at}}', '{{at}} 开始上班'],
  lastOut: ['Not at work', '未在岗'],
  in: ['Clock in', '上班打卡'],
  out: ['Clock out', '下班打卡'],
  notMe: ['Not me', '不是我'],
  photoNotice: [
    'A picture is taken when you clock. Supervisors can look at it for {{days}} days, then it is deleted. No face recognition.',
    '打卡时将拍摄照片，主管可查看 {{days}} 天，之后删除。不作人脸识别。',
  ],
  photoNo: ['Clock without a picture', '不拍照打卡'],
  doneIn: ['{{name}} is clocked in', '{{name}} 已上班打卡'],
  doneOut: ['{{name}} is clocked out', '{{name}} 已下班打卡'],
  doneAt: ['at {{at}}', '{{at}}'],
  kept: ['Kept on this tablet, sent when the network is back.', '已保存在此平板，网络恢复后自动发送。'],
  refused: ['Not clocked', '未打卡'],
  nextPerson: ['Next person', '下一位'],
  // the console
  tablets: ['Site tablets', '现场平板'],
  tabletsLead: [
    'Workers clock by showing their card to the tablet. It has a key of its own and no account.',
    '人员向平板出示工牌即可打卡。平板使用自己的密钥，不需要账号。',
  ],
  add: ['Set up a tablet', '新增平板'],
  name: ['Name', '名称'],
  nameHint: ['Where it stands, e.g. North gate', '放置位置，如：北门'],
  make: ['Make a set-up code', '生成设置码'],
  open: ['Open on the tablet within an hour', '请在一小时内在平板上打开'],
  openMeans: [
    'Scan this with the tablet’s camera, or open the link and type the code. It sets up one tablet, once.',
    '用平板扫描二维码，或打开链接并输入设置码。仅可设置一台，一次有效。',
  ],
  copy: ['Copy the link', '复制链接'],
  until: ['until {{at}}', '有效至 {{at}}'],
  none: ['No tablet yet', '还没有平板'],
  noneMeans: [
    'Any tablet with a camera and a browser will do. Make a code above and open it there.',
    '任何带摄像头和浏览器的平板均可。请在上方生成设置码并在平板上打开。',
  ],
  since: ['Set up', '启用时间'],
  punches: ['Punches', '打卡数'],
  lastPunch: ['Last punch', '最近打卡'],
  state: ['State', '状态'],
  live: ['In use', '使用中'],
  ended: ['Revoked', '已停用'],
  revoke: ['Revoke', '停用'],
  reason: ['Reason', '原因'],
  photosOn: [
    'This site’s rules ask for a witness photo with each clock-in at a tablet, kept {{days}} days.',
    '该地点规则要求在平板打卡时拍摄见证照片，保存 {{days}} 天。',
  ],
});
