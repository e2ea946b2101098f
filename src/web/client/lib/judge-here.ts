/** The server's own judgement of a position, made on the phone, so that the worker hears it before confirming. */

import type { ClockSite } from '../../../clock/clock-scene.ts';
import { type Judgement, judge, withoutPosition } from '../../../clock/geofence.ts';
import { sayVerdict, toneOfVerdict } from '../../../clock/verdict-words.ts';
import { shapesOf } from '../../../kernel/shape.ts';
import type { Finding } from './clock-card.ts';
import type { Place } from './sign-punch.ts';
import { locale } from './words.ts';

export interface Found extends Finding {
  /** Nothing to think about: the punch goes at once. */
  readonly clear: boolean;
}

export function judgeHere(site: ClockSite, kind: 'in' | 'out', place: Place, proven: boolean): Found {
  const judged = judgementOf(site, place);
  const accuracyMetres = 'position' in place ? place.position.accuracyMetres : null;
  const clear = judged.verdict === 'inside' || site.place === 'record' || proven;
  return {
    kind,
    sentence: sayVerdict({ ...judged, accuracyMetres }, locale, { kind, place: site.place, proven }),
    tone: toneOfVerdict(judged, proven),
    wantsCode: site.place === 'require-proof' && !clear,
    clear,
  };
}

function judgementOf(site: ClockSite, place: Place): Judgement {
  if ('noPosition' in place) return withoutPosition(place.noPosition);
  return judge(place.position, site.shapes === null ? [] : shapesOf(site.shapes));
}
