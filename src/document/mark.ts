/** What may be drawn onto a signature block after signing: a signer's own strokes, an employer's seal. */
import { z } from 'zod';
import type { VerifiedEmployer } from '../employer/verified-employer.ts';

const zPoint = z.tuple([z.number().min(0).max(4096), z.number().min(0).max(4096)]);
/** Strokes as a finger drew them, in the units of the field they were drawn in; the origin is top left. */
export const zStrokes = z.strictObject({
  width: z.number().positive().max(4096),
  height: z.number().positive().max(4096),
  strokes: z.array(z.array(zPoint).min(1).max(2000)).min(1).max(200),
});
export type Strokes = z.infer<typeof zStrokes>;

export type Mark =
  | { readonly kind: 'signature'; readonly slot: string; readonly name: string; readonly strokes: Strokes }
  /** 红章: imitating somebody's seal is a crime, so only an employer whose licence was accepted has one. */
  | { readonly kind: 'seal'; readonly slot: string; readonly employer: VerifiedEmployer };
