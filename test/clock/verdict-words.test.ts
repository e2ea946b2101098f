/** The sentence that a worker reads before the tap, word for word. */
import { expect, test } from 'vitest';
import { withoutFence, withoutPosition } from '../../src/clock/geofence.ts';
import { type Asked, sayVerdict, type Told, toneOfVerdict } from '../../src/clock/verdict-words.ts';

const inside: Told = { verdict: 'inside', metres: 34, judgedAs: 'wgs84', accuracyMetres: 9 };
const outside: Told = { verdict: 'outside', metres: 120, judgedAs: 'wgs84', accuracyMetres: 9 };
const uncertain: Told = { verdict: 'uncertain', metres: 12, judgedAs: 'gcj02', accuracyMetres: 80 };

test.each<[Told, Partial<Asked>, string, string]>([
  [inside, {}, 'Inside, 34 m from the edge.', '在范围内，距边界 34 米。'],
  [
    outside,
    {},
    'About 120 m outside. Your clock-in is kept, and your supervisor will see it.',
    '在范围外约 120 米。上班打卡照样保存，主管会看到。',
  ],
  [
    outside,
    { kind: 'out' },
    'About 120 m outside. Your clock-out is kept, and your supervisor will see it.',
    '在范围外约 120 米。下班打卡照样保存，主管会看到。',
  ],
  [
    outside,
    { place: 'record' },
    'About 120 m outside. Your clock-in is kept.',
    '在范围外约 120 米。上班打卡照样保存。',
  ],
  [
    outside,
    { place: 'require-proof' },
    'About 120 m outside. Without the site code or a supervisor’s scan of your card, your clock-in is kept as unproven.',
    '在范围外约 120 米。未扫描现场码、主管也未扫描您的工牌时，上班打卡照样保存，但标为未证实。',
  ],
  [
    outside,
    { place: 'require-proof', kind: 'out' },
    'About 120 m outside. Your clock-out is kept, and your supervisor will see it.',
    '在范围外约 120 米。下班打卡照样保存，主管会看到。',
  ],
  [
    { ...outside, metres: 12_431 },
    { place: 'record' },
    'About 12 km outside. Your clock-in is kept.',
    '在范围外约 12 公里。上班打卡照样保存。',
  ],
  [
    uncertain,
    {},
    'GPS is exact to 80 m only, and the edge is 12 m away. Move to open sky, or scan the site code. Your clock-in is kept, and your supervisor will see it.',
    '定位误差约 80 米，而边界仅距 12 米，无法判定。请到开阔处重试，或扫描现场码。上班打卡照样保存，主管会看到。',
  ],
  [
    uncertain,
    { proven: true },
    'GPS is exact to 80 m only, and the edge is 12 m away. What you showed at the site counts instead.',
    '定位误差约 80 米，而边界仅距 12 米，无法判定。以现场凭证为准。',
  ],
  [
    uncertain,
    { moment: 'after' },
    'GPS is exact to 80 m only, and the edge is 12 m away. Your clock-in is kept, and your supervisor will see it.',
    '定位误差约 80 米，而边界仅距 12 米，无法判定。上班打卡照样保存，主管会看到。',
  ],
  [
    withoutPosition('denied'),
    { place: 'record' },
    'This phone does not give its position. Allow it in the browser’s settings and try again. Your clock-in is kept.',
    '手机未允许获取位置。请在浏览器设置中允许定位后重试。上班打卡照样保存。',
  ],
  [
    withoutPosition('unavailable'),
    { place: 'record' },
    'The phone found no position. Switch positioning on, or move to open sky. Your clock-in is kept.',
    '手机未能获取位置。请打开定位服务，或到开阔处重试。上班打卡照样保存。',
  ],
  [
    withoutPosition('timed-out'),
    { place: 'record', kind: 'out' },
    'The phone found no position in time. Move to open sky and try again. Your clock-out is kept.',
    '手机未能及时获取位置。请到开阔处重试。下班打卡照样保存。',
  ],
  [
    { ...uncertain, verdict: 'inside', judgedAs: 'site-code' },
    { moment: 'after' },
    'On site, by what you showed there.',
    '已凭现场凭证确认到场。',
  ],
  [withoutFence, {}, 'No boundary is drawn here yet.', '此地点尚未设定打卡范围。'],
])('%o with %o is said in both languages', (told, asked, en, zh) => {
  expect(sayVerdict(told, 'en', asked)).toBe(en);
  expect(sayVerdict(told, 'zh-CN', asked)).toBe(zh);
});

test('only being inside, or a proof, is good; being outside is worse than not knowing', () => {
  expect([inside, outside, uncertain].map((told) => toneOfVerdict(told))).toEqual(['good', 'bad', 'warn']);
  expect(toneOfVerdict(uncertain, true)).toBe('good');
});
