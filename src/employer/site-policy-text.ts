/** A site's rules in words: one line a rule, for the summary and for telling two versions apart. */
import type { Locale } from '../kernel/refusal.ts';
import { regionName } from './region.ts';
import type { SitePolicy } from './site-policy.ts';
import { sitePolicyWords } from './site-policy-words.ts';

type Say = ReturnType<typeof sitePolicyWords>;

/** Minutes of an API's seconds, as people type them. */
export function minutesOf(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100);
}

const inMinutes = (say: Say, seconds: number) => say('minutesText', { n: minutesOf(seconds) });

function roundingText({ toMinutes, favour }: SitePolicy['rounding'], say: Say): string {
  if (toMinutes === 0) return say('rounding-0');
  return `${say('rounding-n', { n: toMinutes })} · ${say(`favour-${favour}`)}`;
}

function breakText(one: SitePolicy['breaks'][number], say: Say): string {
  return say('breakText', {
    n: minutesOf(one.seconds),
    after: String(Math.round((one.afterSeconds / 3600) * 100) / 100),
    paid: say(one.paid ? 'paid-yes' : 'paid-no'),
    how: say(one.automatic ? 'how-automatic' : 'how-punched'),
  });
}

export function policyLines(rules: SitePolicy, locale: Locale): (readonly [rule: string, value: string])[] {
  const say = sitePolicyWords(locale);
  const breaks = rules.breaks.map((one) => breakText(one, say)).join(locale === 'en' ? '; ' : '；');
  const auto = rules.autoApproveSeconds;
  const lines: (readonly [string, string])[] = [
    [say('place'), say(`place-${rules.place}`)],
    [say('accurateMetres'), say('metresText', { n: rules.accurateMetres })],
    [say('rounding'), roundingText(rules.rounding, say)],
    [say('breaks'), breaks || say('noBreaks')],
    [say('early'), inMinutes(say, rules.earlySeconds)],
    [say('late'), inMinutes(say, rules.lateSeconds)],
    [say('autoApprove'), auto === null ? say('never') : inMinutes(say, auto)],
    [say('correctionHours'), say('hoursText', { n: rules.correctionHours })],
    [say('witnessPhoto'), say(rules.witnessPhoto ? 'yes' : 'no')],
    [say('photoDays'), say('daysText', { n: rules.photoDays })],
    [say('coarsenDays'), say('daysText', { n: rules.coarsenDays })],
    [say('region'), rules.region === null ? say('regionNone') : regionName(rules.region, locale)],
    [say('wageTier'), String(rules.wageTier)],
  ];
  // The value says its unit; in the form the label does.
  return lines.map(([rule, value]) => [rule.replace(/ ?[(（][^)）]*[)）]$/, ''), value] as const);
}

/** The lines of `rules` that `other` has not. */
export function policyDifferences(rules: SitePolicy, other: SitePolicy, locale: Locale) {
  const lines = policyLines(other, locale);
  return policyLines(rules, locale).filter(([, value], index) => lines[index]?.[1] !== value);
}
