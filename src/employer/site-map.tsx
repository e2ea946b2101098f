/** The map of sites: circles to look at, and in a form the pin that its fields follow. Drawn by the client module `site-map`. */
import type { FC } from 'hono/jsx';
import { toDegrees } from '../kernel/geo.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Geofence } from './site.ts';
import { siteWords } from './site-words.ts';

export interface MapCircle {
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
  readonly radiusMetres: number;
  readonly href?: string;
  /** Drawn, but not what the map is about. */
  readonly quiet?: boolean;
}

/** A circle as the map shows it: WGS-84. */
export function circleOf(fence: Geofence, name: string): MapCircle {
  const { lat, lng } = toDegrees({ latE7: fence.wgsLatE7, lngE7: fence.wgsLngE7 });
  return { name, lat, lng, radiusMetres: fence.radiusMetres };
}

/** Inside a form, clicks and the pin set its fields `…lat`, `…lng`; they and `…radiusMetres` move the circle. */
export const SiteMap: FC<{
  locale: Locale;
  label: string;
  circles: readonly MapCircle[];
  tileUrl: string | undefined;
  country?: string;
  picks?: boolean;
}> = ({ locale, label, circles, tileUrl, country, picks }) => {
  const say = siteWords(locale);
  return (
    <>
      <section
        class="map"
        aria-label={label}
        data-map={picks ? 'pick' : 'show'}
        data-circles={JSON.stringify(circles)}
        data-words={JSON.stringify({ pin: say('pin'), zoomIn: say('zoomIn'), zoomOut: say('zoomOut') })}
        {...(country ? { 'data-country': country } : {})}
        {...(tileUrl ? { 'data-tiles': tileUrl } : {})}
      />
      {tileUrl ? null : <p class="map-note">{say('noTiles')}</p>}
    </>
  );
};
