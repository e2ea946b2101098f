/** When somebody may be reminded: not at night, at most once a day, a few times. Pure. */
import { addDays, addSeconds, civilDateAt, type Instant, wallClockAt } from '../kernel/time.ts';

export interface ReminderRules {
  /** `HH:mm` on the clocks of the place: nobody is reminded from `quietFrom` until `quietUntil` the next morning. */
  readonly quietFrom: string;
  readonly quietUntil: string;
  readonly everySeconds: number;
  readonly most: number;
}

export const usualReminders: ReminderRules = {
  quietFrom: '21:00',
  quietUntil: '08:00',
  everySeconds: 86_400,
  most: 5,
};

/** The first moment at or after `at` that lies outside of the quiet hours in a zone. */
export function afterQuietHours(at: Instant, zone: string, rules: ReminderRules = usualReminders): Instant {
  const day = civilDateAt(at, zone);
  const morning = wallClockAt(day, rules.quietUntil, zone);
  const evening = wallClockAt(day, rules.quietFrom, zone);
  if (at < morning) return morning;
  return at < evening ? at : wallClockAt(addDays(day, 1), rules.quietUntil, zone);
}

/** When the next reminder may go out; undefined when there were enough. `last`: the last one, or what it reminds of. */
export function nextReminderAt(
  last: Instant,
  sent: number,
  zone: string,
  rules: ReminderRules = usualReminders,
): Instant | undefined {
  if (sent >= rules.most) return undefined;
  return afterQuietHours(addSeconds(last, rules.everySeconds), zone, rules);
}
