/** The words of the gate: the code on its screen, and the supervisor's scan. */
import { defineWords } from '../web/i18n.ts';

export const gateWords = defineWords('gate', {
  // the site's code
  code: ['Site code', '现场码'],
  codeLead: [
    'Type or scan this when the phone cannot tell where it is. It changes every 30 seconds.',
    '手机无法定位时，输入或扫描此码。每 30 秒更换一次。',
  ],
  codeQr: ['QR code that opens the clock page with this code', '打开打卡页面并填入此码的二维码'],
  codeSeconds: ['{{seconds}} s left', '剩余 {{seconds}} 秒'],
  codeWaiting: ['Asking for the code…', '正在获取现场码……'],
  codeLost: [
    'No connection. No code is shown, because an old one would not be accepted. It comes back by itself.',
    '网络已断开。旧码不会被接受，因此不显示。恢复后将自动显示。',
  ],
  codeRefused: [
    'This screen may no longer show the code. Sign in again.',
    '此屏幕已无权显示现场码，请重新登录。',
  ],
  codeSleep: [
    'This screen may go dark: keep the tablet awake in its settings.',
    '屏幕可能自动熄灭，请在系统设置中保持常亮。',
  ],
  // the supervisor's scan
  scan: ['Scan work cards', '扫描工牌'],
  scanLead: [
    'You confirm that the card’s owner is here. It speaks for their newest clock-in, or for the next within 10 minutes.',
    '您确认持牌人在场。该确认用于其最近一次打卡，或 10 分钟内的下一次打卡。',
  ],
  scanSeen: ['{{name}}: their clock-in of {{at}} counts as here', '{{name}}：{{at}} 的打卡已确认在场'],
  scanNext: [
    '{{name}}: no clock-in here yet. The next one within 10 minutes counts as here.',
    '{{name}}：尚未在此打卡，10 分钟内的下一次打卡将视为在场。',
  ],
  scanOffline: [
    'No answer from the server. Hold the card up again in a moment.',
    '服务器没有回应，请稍后再次出示工牌。',
  ],
  scanRecent: ['Seen today', '今日已核验'],
  scanNobody: ['Nobody yet', '暂无'],
  scanFor: ['For', '用于'],
  scanForPunch: ['clock-in or -out of {{at}}', '{{at}} 的打卡'],
  scanForNext: ['the next within 10 minutes', '10 分钟内的下一次打卡'],
  worker: ['Worker', '劳动者'],
  at: ['At', '时间'],
  // the camera, shared with the tablet
  camera: ['Camera', '摄像头'],
  cameraStart: ['Start the camera', '打开摄像头'],
  cameraHold: ['Hold the card’s QR code before the camera.', '请将工牌二维码对准摄像头。'],
  cameraDenied: [
    'The camera is not allowed here. Allow it in the browser’s settings, or type the number of the card.',
    '摄像头未授权。请在浏览器设置中允许，或输入工牌编号。',
  ],
  cameraNone: ['No camera here. Type the number of the card.', '没有摄像头，请输入工牌编号。'],
  cardNumber: ['Number of the card', '工牌编号'],
  cardNumberHint: ['Eight digits below the QR code', '二维码下方的八位数字'],
  cardUse: ['Use this card', '使用此工牌'],
});
