/** Identity documents: what their numbers say, and what makes one impossible. Checks of form only; a person is proved by review. */
import { ageOn, type CivilDate, parseCivilDate } from '../kernel/time.ts';

export const documentKinds = ['resident-id', 'passport'] as const;
export type DocumentKind = (typeof documentKinds)[number];

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';
/** Provinces (GB/T 2260), Hong Kong, Macau and Taiwan residence permits (81, 82, 83). County codes are abolished over time, so only these are checked. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);

export interface ResidentIdFacts {
  readonly birthOn: CivilDate;
  /** A foreigner's permanent residence card of 2023 (first digit 9). */
  readonly foreignResident: boolean;
}

/** `x` as a check character is written `X`; spaces are typing, not meaning. */
export function normalDocumentNumber(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase();
}

/**
 * GB 11643-1999: six digits of place, birth date, sequence, and ISO 7064 MOD 11-2 check. Undefined when it is no such
 * number. It cannot tell whether the number belongs to anybody.
 */
export function residentIdFacts(number: string, today: CivilDate): ResidentIdFacts | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return undefined;
  const foreignResident = number.startsWith('9');
  if (!foreignResident && !provinces.has(number.slice(0, 2))) return undefined;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number.charAt(index)), 0);
  if (checkCharacters.charAt(sum % 11) !== number.charAt(17)) return undefined;
  const birthOn = parseCivilDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (!birthOn || birthOn > today || ageOn(birthOn, today) > 120) return undefined;
  return { birthOn, foreignResident };
}

/** Foreign formats are many: letters and digits, nothing more is asked. */
export function isPassportNumber(number: string): boolean {
  return /^[A-Z0-9]{5,17}$/.test(number);
}

/** `110105********002X`; of a passport the first and the last two. */
export function maskedDocument(kind: DocumentKind, number: string): string {
  const [head, tail] = kind === 'resident-id' ? [6, 4] : [1, 2];
  return number.slice(0, head) + '*'.repeat(Math.max(3, number.length - head - tail)) + number.slice(-tail);
}

/**
 * Labour Law Art. 15 and State Council Order 364: nobody under 16. A birthday counts from the day after, as the law
 * counts "having reached" an age, so the day itself is still refused.
 */
export function isUnderWorkingAge(birthOn: CivilDate, day: CivilDate): boolean {
  const age = ageOn(birthOn, day);
  return age < 16 || (age === 16 && birthOn.slice(5) === day.slice(5));
}

/**
 * 16 and 17: registration, medical checks and no hazardous work (Labour Law Art. 58, 64, 65). "Not yet 18" leaves 18
 * itself out (Civil Code Art. 1259), and who is asked their age has reached it on the birthday.
 */
export function isMinor(birthOn: CivilDate, day: CivilDate): boolean {
  return ageOn(birthOn, day) < 18;
}

/** ISO/IEC 7812 (Luhn). Some rural and company accounts fail it: a warning, never a refusal. */
export function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return /^\d{8,}$/.test(number) && sum % 10 === 0;
}
