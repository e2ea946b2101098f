/** The demo's clock: it stands until it is moved on, never goes back, and at last follows the real one. */
import { addSeconds, type CivilDate, type Instant, instantOf, startOfDay } from '../../src/kernel/time.ts';

export const zone = 'Asia/Shanghai';

export interface MovableClock {
  now(): Instant;
  /** Moves on to an instant, unless that is over already. */
  reach(at: Instant): void;
  /** From here on it is the real clock. */
  follow(): void;
}

export function openClock(at: Instant): MovableClock {
  let stands: Instant | undefined = at;
  const now = () => stands ?? instantOf(Date.now());
  return {
    now,
    reach(to) {
      if (to > now()) stands = to;
    },
    follow() {
      stands = undefined;
    },
  };
}

/** `09:30` of a day at the employer; `30:00` is six in the morning after. */
export function timeOn(day: CivilDate, clockTime: string, seconds = 0): Instant {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  return addSeconds(startOfDay(day, zone), hours * 3600 + minutes * 60 + seconds);
}
