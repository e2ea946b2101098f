/** What each risk signal says, and what it does not prove. */
import { defineWords } from '../web/i18n.ts';

export const riskWords = defineWords('risk', {
  title: ['Signals', '提示'],
  lead: [
    'Worth a question to the worker. None of them is proof, none stops a punch or changes hours.',
    '可向劳动者了解情况。均不构成证据，不影响打卡和工时。',
  ],
  photos: ['Witness photos', '见证照片'],
  photosLead: [
    'Taken by the site’s tablet for a person to look at, compared with nothing, and deleted on their day.',
    '由现场平板拍摄，仅供人工查看，不作任何比对，到期自动删除。',
  ],
  photoOf: ['Photo of {{at}}', '{{at}} 的照片'],
  'impossible-speed': [
    '{{km}} km from the punch before it, {{minutes}} min later: {{kmh}} km/h.',
    '距上次打卡 {{km}} 公里，间隔 {{minutes}} 分钟：时速 {{kmh}} 公里。',
  ],
  'impossible-speed-not': [
    'Positions from mobile networks can jump many kilometres without anybody moving.',
    '基站定位可能在人未移动时跳动数公里。',
  ],
  'shared-phone': [
    '{{workers}} workers punch with this phone’s browser.',
    '有 {{workers}} 人使用同一手机浏览器打卡。',
  ],
  'shared-phone-not': [
    'Couples and room-mates share phones, and a lent phone after a flat battery looks the same.',
    '家人或室友可能共用手机，手机没电时借用也会如此。',
  ],
  'same-coordinates': [
    'The same coordinates to the last digit on {{days}} days.',
    '{{days}} 天的坐标完全相同，精确到最后一位。',
  ],
  'same-coordinates-not': [
    'A position by Wi-Fi can repeat exactly where somebody stands at the same place.',
    '在同一位置通过 Wi-Fi 定位时，坐标可能完全重复。',
  ],
  'too-exact': ['The phone claims to be exact to {{metres}} m.', '手机声称定位精度为 {{metres}} 米。'],
  'too-exact-not': [
    'Some phones report a nonsense accuracy by themselves.',
    '部分手机本身会报告不合理的精度。',
  ],
  'exact-centre': [
    'The position is the drawn centre of the site, to the last digit.',
    '位置与地点中心坐标完全一致。',
  ],
  'exact-centre-not': [
    'A site’s fixed tablet or a test before the work began can stand there.',
    '可能来自固定设备，或开工前的测试打卡。',
  ],
  'card-static': [
    'At the tablet, the card’s code was older than a minute and a half.',
    '在平板打卡时，工牌二维码已超过一分半钟。',
  ],
  'card-static-not': [
    'A printed card or a phone without a network shows an old code, too.',
    '打印的工牌或无网络的手机也会显示旧码。',
  ],
  'card-typed': ['At the tablet, the card’s number was typed.', '在平板打卡时，工牌编号为手动输入。'],
  'card-typed-not': [
    'A broken screen or a forgotten phone leaves no other way.',
    '屏幕损坏或忘带手机时只能如此。',
  ],
});
