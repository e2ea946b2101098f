/** What people type, as the JSON values the API takes. Undefined where it cannot be read. */

/** Full-width digits and points of Chinese keyboards, thousands separators and spaces are accepted. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/。/g, '.')
    .replace(/[\s,_']/g, '');
}

export function wholeNumber(text: string): number | undefined {
  const value = plain(text);
  return /^-?\d+$/.test(value) ? safe(Number(value)) : undefined;
}

export function decimalNumber(text: string): number | undefined {
  const value = plain(text);
  return /^-?(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : undefined;
}

/** A line a corner, `31.2304, 121.4737`; undefined when one is no pair of numbers. */
export function cornerPairs(text: string): [number, number][] | undefined {
  const lines = text
    .normalize('NFKC')
    .split(/[\n;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const pairs = lines.map((line) => line.split(/[\s,、]+/).map((part) => decimalNumber(part)));
  const whole = pairs.every((pair) => pair.length === 2 && pair.every((part) => part !== undefined));
  return whole ? (pairs as [number, number][]) : undefined;
}

/** Minor units by moving the point in the text: a float never holds the amount. */
export function minorUnits(text: string, digits: number): number | undefined {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain(text).replace(/^(-?)[¥$€£]/, '$1'));
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole + fraction === '' || fraction.length > digits) return undefined;
  const minor = safe(Number(whole + fraction.padEnd(digits, '0')));
  return minor === undefined ? undefined : sign === '-' && minor !== 0 ? -minor : minor;
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A wall clock's `2026-11-20T09:30` in an IANA zone as an instant; in a clock change's gap, the moment after it. */
export function instantIn(zone: string | undefined, local: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(local)) return undefined;
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return undefined;
  const offset = zone
    ? (at: number) => offsetIn(zone, at)
    : (at: number) => -new Date(at).getTimezoneOffset() * 60_000;
  // The offset a day before and a day after are the only two in question; the earlier reading wins when both fit.
  const before = wall - offset(wall - 86_400_000);
  const after = wall - offset(wall + 86_400_000);
  const fits = [before, after].filter((at) => at + offset(at) === wall).sort((a, b) => a - b);
  return new Date(fits[0] ?? before).toISOString();
}

/** The other way, for `datetime-local` fields that are filled from an instant. */
export function localIn(zone: string, instant: string): string {
  const at = Date.parse(instant);
  return new Date(at + offsetIn(zone, at)).toISOString().slice(0, 16);
}

function offsetIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}
