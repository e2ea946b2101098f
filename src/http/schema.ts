/** Words of requests that every room's schemas share. Objects are strict: an unknown field is refused. */
import { z } from '@hono/zod-openapi';
import { isCountry } from '../kernel/country.ts';
import { isId } from '../kernel/id.ts';
import { type CivilDate, type Instant, isZone, parseCivilDate, parseInstant } from '../kernel/time.ts';
import { say } from './locale.ts';

// Direction overrides and controls can make one text look like another; no name or reason needs them. Half of a
// surrogate pair is no character, and has no place in canonical JSON (RFC 8785 §3.2.2.2).
const unsafeText = /(?![\t\n])[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

export const zId = z
  .string()
  .refine(isId, say('not a UUID in lower case', '不是小写 UUID'))
  .openapi({ format: 'uuid' });
export const zText = (max = 200) =>
  z
    .string()
    .trim()
    .min(1, say('Please fill this in.', '请填写此项。'))
    .max(max)
    .refine(
      (text) => !unsafeText.test(text),
      say('This has invisible control characters.', '包含不可见的控制字符。'),
    );
export const zInstant = z
  .string()
  .transform((text, ctx): Instant => {
    const at = parseInstant(text);
    if (!at)
      ctx.addIssue({
        code: 'custom',
        message: say('Not a time such as 2026-11-20T09:30:00Z.', '时间格式应如 2026-11-20T09:30:00Z。'),
      });
    return at as Instant;
  })
  .openapi({ type: 'string', format: 'date-time' });
export const zCivilDate = z
  .string()
  .transform((text, ctx): CivilDate => {
    const date = parseCivilDate(text);
    if (!date)
      ctx.addIssue({
        code: 'custom',
        message: say('Not a date such as 2026-11-20.', '日期格式应如 2026-11-20。'),
      });
    return date as CivilDate;
  })
  .openapi({ type: 'string', format: 'date' });
/** A digest, or what is named by one: SHA-256 as base64url without padding. */
export const zDigest = z
  .string()
  .regex(/^[\w-]{43}$/, say('Not a SHA-256 digest as base64url.', '应为 base64url 形式的 SHA-256 摘要。'));
/** As `PublicKeyCredential.toJSON` writes it. It is kept as evidence, so what lies in it may not be endless. */
export const zCredential = z
  .looseObject({ id: z.string().max(1000), response: z.looseObject({}) })
  .refine((value) => isShallow(value), say('Not a passkey’s answer.', '不是通行密钥的应答。'));

function isShallow(value: unknown, levels = 8): boolean {
  if (value === null || typeof value !== 'object') return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}
export const zZone = z
  .string()
  .refine(isZone, say('Not a time zone such as Asia/Shanghai.', '时区应如 Asia/Shanghai。'))
  .openapi({ example: 'Asia/Shanghai' });
export const zCountry = z
  .string()
  .refine(isCountry, say('Not a country code such as CN.', '国家代码应如 CN。'))
  .openapi({ example: 'CN' });
