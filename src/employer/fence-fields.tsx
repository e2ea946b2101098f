/** The fields of a fence: its datum and its shapes, each usable without the map. */
import type { Child, FC } from 'hono/jsx';
import { statedDatums } from '../kernel/geo.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Drawing, Shape } from '../kernel/shape.ts';
import { shapesMax } from '../kernel/shape-rules.ts';
import { Field, LongField, SelectField } from '../web/components.tsx';
import { blankOf, Rows } from '../web/rows.tsx';
import { siteWords } from './site-words.ts';

const usualRadiusMetres = 150;

/** A new fence begins with one circle. In China people copy numbers out of a map app, which are not WGS-84. */
export const FenceFields: FC<{ prefix: string; locale: Locale; country?: string; drawing?: Drawing }> = ({
  prefix,
  locale,
  country,
  drawing,
}) => {
  const say = siteWords(locale);
  const name = `${prefix}shapes`;
  const shapes = drawing?.shapes ?? [undefined];
  return (
    <>
      <SelectField
        name={`${prefix}datum`}
        label={say('datum')}
        hint={say('datumHint')}
        value={drawing?.datum ?? (country === 'CN' ? 'gcj02' : 'wgs84')}
        options={statedDatums.map((datum) => [datum, say(datum)] as const)}
      />
      <Rows
        name={name}
        label={say('shapes')}
        hint={say('shapesHint')}
        remove={say('removeShape')}
        max={shapesMax}
        rows={shapes.map((shape, index) => fieldsOf(`${name}.${index}`, shape, locale))}
        kinds={[
          {
            kind: 'circle',
            add: say('addCircle'),
            blank: <CircleFields at={blankOf(name)} locale={locale} />,
          },
          {
            kind: 'polygon',
            add: say('addPolygon'),
            blank: <PolygonFields at={blankOf(name)} locale={locale} />,
          },
        ]}
      />
    </>
  );
};

function fieldsOf(at: string, shape: Shape | undefined, locale: Locale): Child {
  if (shape?.kind === 'polygon') return <PolygonFields at={at} locale={locale} points={shape.points} />;
  return <CircleFields at={at} locale={locale} {...(shape ? { circle: shape } : {})} />;
}

const ShapeTitle: FC<{ at: string; kind: Shape['kind']; text: string }> = ({ at, kind, text }) => (
  <>
    <h3 class="shape-title" tabindex={-1} data-focus>
      {text}
    </h3>
    <Field name={`${at}.kind`} label="" kind="hidden" value={kind} />
  </>
);

const CircleFields: FC<{ at: string; locale: Locale; circle?: Extract<Shape, { kind: 'circle' }> }> = ({
  at,
  locale,
  circle,
}) => {
  const say = siteWords(locale);
  const given = (value: number | undefined) => (value === undefined ? {} : { value });
  return (
    <>
      <ShapeTitle at={at} kind="circle" text={say('circle')} />
      <Field name={`${at}.lat`} label={say('lat')} kind="decimal" required {...given(circle?.lat)} />
      <Field name={`${at}.lng`} label={say('lng')} kind="decimal" required {...given(circle?.lng)} />
      <Field
        name={`${at}.radiusMetres`}
        label={say('radius')}
        hint={say('radiusHint')}
        kind="number"
        value={circle?.radiusMetres ?? usualRadiusMetres}
        required
      />
    </>
  );
};

const PolygonFields: FC<{
  at: string;
  locale: Locale;
  points?: readonly (readonly [lat: number, lng: number])[];
}> = ({ at, locale, points = [] }) => {
  const say = siteWords(locale);
  return (
    <>
      <ShapeTitle at={at} kind="polygon" text={say('polygon')} />
      <LongField
        name={`${at}.points`}
        label={say('corners')}
        hint={say('cornersHint')}
        kind="points"
        rows={Math.min(12, Math.max(4, points.length))}
        value={points.map(([lat, lng]) => `${lat}, ${lng}`).join('\n')}
        required
      />
      <button type="button" class="button button-plain" data-remove-corner disabled>
        {say('removeCorner')}
      </button>
    </>
  );
};
