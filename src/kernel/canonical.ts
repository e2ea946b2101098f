/** JSON with one form only (RFC 8785), on the server and in browsers alike. */
import canonicalize from 'canonicalize';

/** JSON with one form only (RFC 8785, JCS). Null and undefined members are left out, so that a column added later changes no old digest. */
export function canonicalJson(value: unknown): string {
  return plainJson(value) ?? deepJson(value);
}

const loneSurrogate = /\p{Surrogate}/u;

/** Rows and requests are small objects without lists, and each punch digests three. Undefined for anything else. */
function plainJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  let text = '';
  // JCS sorts by UTF-16 code units, as `sort` does, and writes texts and numbers as JSON.stringify does.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === null || member === undefined) continue;
    const written = typeof member === 'object' ? plainJson(member) : plainValue(member);
    if (written === undefined) return undefined;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${written}`;
  }
  return `{${text}}`;
}

function plainValue(value: unknown): string | undefined {
  const isPlain =
    typeof value === 'boolean' ||
    (typeof value === 'string' && !loneSurrogate.test(value)) ||
    (typeof value === 'number' && Number.isFinite(value));
  return isPlain ? JSON.stringify(value) : undefined;
}

function deepJson(value: unknown): string {
  const text = canonicalize(withoutNulls(value));
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}
