/** A fence as it is sent: shapes with their datum, or in short one circle. */
import { z } from '@hono/zod-openapi';
import { say } from '../http/locale.ts';
import { statedDatums } from '../kernel/geo.ts';
import type { Drawing } from '../kernel/shape.ts';
import {
  cornersMax,
  cornersMin,
  polygonLatMax,
  radiusMax,
  radiusMin,
  shapesMax,
} from '../kernel/shape-rules.ts';

const latSaid = (max: number) =>
  say(`Latitude is between −${max} and ${max}.`, `纬度应在 −${max} 与 ${max} 之间。`);
const lngSaid = say('Longitude is between −180 and 180.', '经度应在 −180 与 180 之间。');
const radiusSaid = say(
  `The radius is between ${radiusMin} and ${radiusMax} metres.`,
  `半径应在 ${radiusMin} 至 ${radiusMax} 米之间。`,
);

const between = (least: number, most: number, message: string) =>
  z.number().min(least, message).max(most, message);
const zLat = between(-90, 90, latSaid(90));
const zLng = between(-180, 180, lngSaid);
const zRadius = z.number().int().min(radiusMin, radiusSaid).max(radiusMax, radiusSaid);
const zDatum = z.enum(statedDatums);

const zShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), lat: zLat, lng: zLng, radiusMetres: zRadius }),
  z.strictObject({
    kind: z.literal('polygon'),
    points: z
      .array(z.tuple([between(-polygonLatMax, polygonLatMax, latSaid(polygonLatMax)), zLng]))
      .min(cornersMin, say('An area needs at least three corners.', '区域至少需要三个顶点。'))
      .max(cornersMax, say(`An area has at most ${cornersMax} corners.`, `区域最多 ${cornersMax} 个顶点。`)),
  }),
]);

const drawSomething = say('Draw a circle or an area.', '请至少画一个圆或区域。');
const zShapes = z
  .array(zShape)
  .min(1, drawSomething)
  .max(shapesMax, say(`At most ${shapesMax} shapes.`, `最多 ${shapesMax} 个图形。`));

const circleParts = { lat: zLat, lng: zLng, radiusMetres: zRadius };

/** `{datum, shapes}`, or `{datum, lat, lng, radiusMetres}` for a single circle. */
export const zDrawing = z
  .strictObject({
    datum: zDatum,
    shapes: zShapes.optional(),
    lat: zLat.optional(),
    lng: zLng.optional(),
    radiusMetres: zRadius.optional(),
  })
  .transform((said, ctx): Drawing => {
    const { datum, shapes, ...circle } = said;
    const parts = Object.keys(circleParts) as (keyof typeof circleParts)[];
    const isEmpty = !shapes && parts.every((part) => circle[part] === undefined);
    const refused = (name: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [name], message });
    if (isEmpty) refused('shapes', drawSomething);
    for (const part of isEmpty ? [] : parts) {
      if (shapes && circle[part] !== undefined)
        refused(part, say('The shapes say this already.', '图形中已包含此项。'));
      if (!shapes && circle[part] === undefined) refused(part, say('Please fill this in.', '请填写此项。'));
    }
    if (shapes) return { datum, shapes };
    const { lat = 0, lng = 0, radiusMetres = 0 } = circle;
    return { datum, shapes: [{ kind: 'circle', lat, lng, radiusMetres }] };
  });
