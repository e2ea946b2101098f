/** Answers to a template's questions as a request brings them. What each may be, its field says (template/field.ts). */
import { z } from '@hono/zod-openapi';
import { changesMax, textMax } from './field.ts';

const zChange = z.strictObject({
  term: z.string().max(500),
  before: z.string().max(500),
  after: z.string().max(500),
  effectiveOn: z.string().max(10),
});

export const zAnswers = z
  .record(
    z.string().max(60),
    z.union([z.string().max(textMax), z.number().int(), z.array(zChange).max(changesMax)]),
  )
  .refine((answers) => Object.keys(answers).length <= 100);
