/** How long something lasted, as people read it (pure). */

/** `8:30`, and `8:30:05` when seconds are left. */
export function hoursText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = seconds % 60;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}${rest > 0 ? `:${two(rest)}` : ''}`;
}

/** To the minute, where nothing is decided by it. */
export const minutesText = (seconds: number): string => hoursText(seconds - (seconds % 60));
