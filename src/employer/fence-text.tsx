/** A fence in words: what it is made of, and every one that a site has had. */
import type { FC } from 'hono/jsx';
import type { Degrees } from '../kernel/geo.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Drawing } from '../kernel/shape.ts';
import { formatInstant } from '../kernel/time.ts';
import { Table } from '../web/components.tsx';
import { drawingOf, type Geofence } from './site.ts';
import { siteWords } from './site-words.ts';

export const FenceHistory: FC<{
  fences: readonly Geofence[];
  zone: string;
  nameOf: (actor: string) => string | undefined;
  locale: Locale;
}> = ({ fences, zone, nameOf, locale }) => {
  const say = siteWords(locale);
  const when = (at: Geofence['at']) => formatInstant(at, zone, locale);
  return (
    <Table
      caption={say('history')}
      rows={fences.map((fence, index) => ({ ...fence, until: fences[index - 1]?.at }))}
      columns={[
        { head: say('since'), cell: ({ at }) => when(at) },
        { head: say('until'), cell: ({ until }) => (until ? when(until) : say('now')) },
        { head: say('fence'), cell: (fence) => <DrawnAs drawing={drawingOf(fence)} locale={locale} /> },
        { head: say('datum'), cell: (fence) => say(drawingOf(fence).datum) },
        { head: say('by'), cell: ({ by }) => nameOf(by) ?? by },
      ]}
    />
  );
};

/** Every shape with its numbers, as given. */
const DrawnAs: FC<{ drawing: Drawing; locale: Locale }> = ({ drawing, locale }) => {
  const say = siteWords(locale);
  return (
    <ul class="plain">
      {drawing.shapes.map((shape) => (
        <li>
          {shape.kind === 'circle'
            ? say('circleAt', { n: shape.radiusMetres, at: pointText(shape) })
            : say('polygonFrom', { n: shape.points.length, at: pointText(firstOf(shape.points)) })}
        </li>
      ))}
    </ul>
  );
};

const firstOf = ([[lat, lng] = [0, 0]]: readonly (readonly [number, number])[]) => ({ lat, lng });
const pointText = ({ lat, lng }: Degrees) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;

/** In a few words: a circle of 200 m, an area with 5 corners. */
export function fenceText({ shapes }: Drawing, locale: Locale): string {
  const say = siteWords(locale);
  const texts = shapes.map((shape) =>
    shape.kind === 'circle'
      ? say('circleOf', { n: shape.radiusMetres })
      : say('polygonOf', { n: shape.points.length }),
  );
  return texts.length > 3 ? say('shapesOf', { n: texts.length }) : texts.join(locale === 'en' ? ', ' : '、');
}
