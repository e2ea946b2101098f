/** What the API takes of shifts: times as clocks show them, breaks, people and places. */
import { z } from '@hono/zod-openapi';
import { say } from '../http/locale.ts';
import { zCivilDate, zDigest, zId, zText } from '../http/schema.ts';
import { isClockTime } from '../kernel/time.ts';

const zClockTime = z
  .string()
  .refine(isClockTime, say('Not a time such as 08:30.', '时间格式应如 08:30。'))
  .openapi({ example: '08:30' });
const zSeconds = z.number().int().min(0).max(86_400);
const zBreaks = z
  .array(
    z.strictObject({
      afterSeconds: zSeconds,
      seconds: zSeconds.min(60),
      paid: z.boolean(),
      automatic: z.boolean(),
    }),
  )
  .max(5);

/** Absent: the site's own breaks and limits count. */
const times = {
  startTime: zClockTime,
  endTime: zClockTime,
  breaks: zBreaks.optional(),
  earlySeconds: zSeconds.optional(),
  lateSeconds: zSeconds.optional(),
};

export const zTemplate = z.strictObject({ siteId: zId, name: zText(60), ...times });

const zPeople = z.array(zId).max(50).default([]);
const zOpenPlaces = z.number().int().min(0).max(200).default(0);

export const zDraft = z.strictObject({
  siteId: zId,
  day: zCivilDate,
  ...times,
  endsOn: zCivilDate.optional(),
  siteIds: z.array(zId).max(20).default([]),
  engagementIds: zPeople,
  openPlaces: zOpenPlaces,
  note: zText(500).optional(),
});

export const zRoster = z.strictObject({
  siteId: zId,
  name: zText(60),
  startsOn: zCivilDate,
  endsOn: zCivilDate.optional(),
  everyWeeks: z.number().int().min(1).max(8),
  lines: z
    .array(
      z.strictObject({
        templateId: zId,
        week: z.number().int().min(1).max(8).default(1),
        weekdays: z.array(z.coerce.number().int().min(1).max(7)).min(1).max(7),
        engagementIds: zPeople,
        openPlaces: zOpenPlaces,
      }),
    )
    .min(1)
    .max(30),
});

export const zPublication = z.strictObject({
  draftIds: z.array(zId).min(1).max(500),
  /** The digest of the warnings as they were read. */
  acknowledges: zDigest.optional(),
  reason: zText(500).optional(),
});
