/** The map of sites: circles to look at, and in a form the pin that its fields follow. Drawn by the client module `site-map`. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { shapesOf } from '../kernel/shape.ts';
import type { Geofence } from './site.ts';
import { siteWords } from './site-words.ts';

/** A circle or a polygon in degrees of WGS-84. */
export type ShownShape =
  | { readonly kind: 'circle'; readonly lat: number; readonly lng: number; readonly radiusMetres: number }
  | { readonly kind: 'polygon'; readonly points: readonly (readonly [number, number])[] };
export interface ShownPlace {
  readonly name: string;
  readonly shapes: readonly ShownShape[];
  readonly href?: string;
  /** Drawn, but not what the map is about. */
  readonly quiet?: boolean;
}

/** A fence as the map shows it: WGS-84. */
export function placeOf(fence: Geofence, name: string): ShownPlace {
  const shapes = shapesOf(fence.wgsShapes).map((shape): ShownShape => {
    if (shape.kind === 'polygon')
      return { kind: 'polygon', points: shape.pointsE7.map(([lat, lng]) => [lat / 1e7, lng / 1e7] as const) };
    const { latE7, lngE7, radiusMetres } = shape;
    return { kind: 'circle', lat: latE7 / 1e7, lng: lngE7 / 1e7, radiusMetres };
  });
  return { name, shapes };
}

const handleWords = ['pin', 'corner', 'radiusHandle', 'zoomIn', 'zoomOut'] as const;

/** Inside a form with `FenceFields`, clicks and handles set its shapes' fields, and the fields move the shapes. */
export const SiteMap: FC<{
  locale: Locale;
  label: string;
  places: readonly ShownPlace[];
  tileUrl: string | undefined;
  country?: string;
  picks?: boolean;
}> = ({ locale, label, places, tileUrl, country, picks }) => {
  const say = siteWords(locale);
  return (
    <>
      <section
        class="map"
        aria-label={label}
        data-map={picks ? 'pick' : 'show'}
        data-places={JSON.stringify(places)}
        data-words={JSON.stringify(Object.fromEntries(handleWords.map((word) => [word, say(word)])))}
        {...(country ? { 'data-country': country } : {})}
        {...(tileUrl ? { 'data-tiles': tileUrl } : {})}
      />
      {tileUrl ? null : <p class="map-note">{say('noTiles')}</p>}
    </>
  );
};
