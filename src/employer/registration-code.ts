/** The unified social credit code, GB 32100-2015: 18 characters, the last of which checks the others. */

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Upper case, without spaces. */
export function normalRegistrationCode(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

export function isUnifiedSocialCreditCode(code: string): boolean {
  if (!/^[1-9ANY][1-9A-HJ-NP-RT-UW-Y]\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}$/.test(code)) return false;
  const sum = weights.reduce(
    (total, weight, index) => total + weight * alphabet.indexOf(code.charAt(index)),
    0,
  );
  return code.charAt(17) === alphabet.charAt((31 - (sum % 31)) % 31);
}

/** The organisation code inside (characters 9 to 17), GB 11714-1997. Some older codes fail it: for showing, never for refusing. */
export function hasOrganisationCheck(code: string): boolean {
  const inner = code.slice(8, 17);
  const value = (character: string) => Number.parseInt(character, 36);
  const sum = organisationWeights.reduce(
    (total, weight, index) => total + weight * value(inner.charAt(index)),
    0,
  );
  const check = 11 - (sum % 11);
  return inner.charAt(8) === (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}
