/** What the clock page says of the place before somebody confirms, and after. Plain tables: the page's module says it offline, too. */
import type { Locale } from '../kernel/refusal.ts';
import type { Judgement } from './geofence.ts';

/** A judgement, or the punch that keeps one. */
export interface Told extends Pick<Judgement, 'verdict' | 'metres' | 'judgedAs'> {
  readonly accuracyMetres?: number | null;
}
export interface Asked {
  readonly kind: 'in' | 'out';
  /** What the site does about who is not inside. */
  readonly place: 'record' | 'flag' | 'require-proof';
  /** A site code or a supervisor's scan came with it. */
  readonly proven: boolean;
  /** Before the tap there is something to do about it; after it, only what became of the punch. */
  readonly moment: 'before' | 'after';
}

type Words = readonly [en: string, zh: string];

const found = {
  inside: ['Inside, {{m}} from the edge.', '在范围内，距边界 {{m}}。'],
  'by-proof': ['On site, by what you showed there.', '已凭现场凭证确认到场。'],
  outside: ['About {{m}} outside.', '在范围外约 {{m}}。'],
  // Which side of the edge it is, the phone does not know.
  uncertain: [
    'GPS is exact to {{a}} only, and the edge is {{m}} away.',
    '定位误差约 {{a}}，而边界仅距 {{m}}，无法判定。',
  ],
  'no-fence': ['No boundary is drawn here yet.', '此地点尚未设定打卡范围。'],
  denied: ['This phone does not give its position.', '手机未允许获取位置。'],
  unavailable: ['The phone found no position.', '手机未能获取位置。'],
  'timed-out': ['The phone found no position in time.', '手机未能及时获取位置。'],
} as const satisfies Record<string, Words>;

const mend = {
  uncertain: ['Move to open sky, or scan the site code.', '请到开阔处重试，或扫描现场码。'],
  denied: ['Allow it in the browser’s settings and try again.', '请在浏览器设置中允许定位后重试。'],
  unavailable: ['Switch positioning on, or move to open sky.', '请打开定位服务，或到开阔处重试。'],
  'timed-out': ['Move to open sky and try again.', '请到开阔处重试。'],
} as const satisfies Record<string, Words>;

const after = {
  proven: ['What you showed at the site counts instead.', '以现场凭证为准。'],
  'flag-in': ['Your clock-in is kept, and your supervisor will see it.', '上班打卡照样保存，主管会看到。'],
  'flag-out': ['Your clock-out is kept, and your supervisor will see it.', '下班打卡照样保存，主管会看到。'],
  'record-in': ['Your clock-in is kept.', '上班打卡照样保存。'],
  'record-out': ['Your clock-out is kept.', '下班打卡照样保存。'],
  'require-proof-in': [
    'Without the site code or a supervisor’s scan of your card, your clock-in is kept as unproven.',
    '未扫描现场码、主管也未扫描您的工牌时，上班打卡照样保存，但标为未证实。',
  ],
  'require-proof-out': [
    'Your clock-out is kept, and your supervisor will see it.',
    '下班打卡照样保存，主管会看到。',
  ],
} as const satisfies Record<string, Words>;

/** Two or three short sentences: where it is, what to do about it, what becomes of the punch. Nothing of it forbids anything. */
export function sayVerdict(told: Told, locale: Locale, asked: Partial<Asked> = {}): string {
  const { kind = 'in', place = 'flag', proven = false, moment = 'before' } = asked;
  const why = reasonOf(told);
  const sentences: Words[] = [found[why]];
  if (why !== 'inside' && why !== 'by-proof') {
    if (moment === 'before' && !proven && why in mend) sentences.push(mend[why as keyof typeof mend]);
    if (why !== 'no-fence') sentences.push(proven ? after.proven : after[`${place}-${kind}`]);
  }
  const text = sentences.map(([en, zh]) => (locale === 'en' ? en : zh));
  return text
    .join(locale === 'en' ? ' ' : '')
    .replace('{{m}}', metresText(told.metres ?? 0, locale))
    .replace('{{a}}', metresText(told.accuracyMetres ?? 0, locale));
}

export function toneOfVerdict({ verdict }: Pick<Told, 'verdict'>, proven = false): 'good' | 'warn' | 'bad' {
  if (verdict === 'inside' || proven) return 'good';
  return verdict === 'outside' ? 'bad' : 'warn';
}

function reasonOf({ verdict, metres, judgedAs }: Told): keyof typeof found {
  if (verdict === 'no-position')
    return judgedAs === 'denied' || judgedAs === 'timed-out' ? judgedAs : 'unavailable';
  // A proof may stand for a position that said little, or that there was none.
  if (verdict === 'inside' && (metres === null || judgedAs === 'site-code')) return 'by-proof';
  return metres === null ? 'no-fence' : verdict;
}

/** Metres up to a kilometre, then kilometres: nobody counts 12,431 metres. */
export function metresText(metres: number, locale: Locale): string {
  const [m, km] = locale === 'en' ? ['m', 'km'] : ['米', '公里'];
  if (metres < 1000) return `${Math.round(metres)} ${m}`;
  const digits = metres < 10_000 ? 1 : 0;
  return `${(metres / 1000).toFixed(digits)} ${km}`;
}
