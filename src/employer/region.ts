/** Provinces by their ISO 3166-2 codes, for people to choose whose wages hold at a site. */
import data from '../../templates/data/regions-cn.json' with { type: 'json' };
import type { Locale } from '../kernel/refusal.ts';

export function regionName(code: string, locale: Locale): string {
  const region = data.regions.find((one) => one.code === code);
  return region ? (locale === 'en' ? region.en : region.zh) : code;
}

export function regionOptions(locale: Locale): (readonly [code: string, name: string])[] {
  return data.regions.map(({ code }) => [code, regionName(code, locale)] as const);
}
