/** The map of sites: fences on tiles, or on a grid where no tiles are set up; in a form, the shapes that its fields describe. */
import { FenceEditor } from './lib/fence-editor.ts';
import {
  circle,
  control,
  GridLayer,
  type LatLngBounds,
  type LeafletMap,
  latLng,
  latLngBounds,
  map,
  type Path,
  type PolylineOptions,
  polygon,
  tileLayer,
  tooltip,
} from './lib/leaflet.ts';

type ShownShape =
  | { readonly kind: 'circle'; readonly lat: number; readonly lng: number; readonly radiusMetres: number }
  | { readonly kind: 'polygon'; readonly points: [number, number][] };
interface ShownPlace {
  readonly name: string;
  readonly shapes: readonly ShownShape[];
  readonly href?: string;
  readonly quiet?: boolean;
}
interface Words {
  readonly pin: string;
  readonly corner: string;
  readonly radiusHandle: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
}

function open(place: HTMLElement): void {
  const words = JSON.parse(place.dataset.words ?? '{}') as Words;
  const places = JSON.parse(place.dataset.places ?? '[]') as ShownPlace[];
  const form = place.closest('form');
  const shown = map(place, { zoomControl: false, maxZoom: 19, worldCopyJump: true });
  // A wheel that scrolls the page must not zoom the map it passes over.
  shown.scrollWheelZoom.disable();
  shown.on('focus', () => shown.scrollWheelZoom.enable());
  shown.on('blur', () => shown.scrollWheelZoom.disable());
  control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(shown);
  control.scale({ imperial: false }).addTo(shown);
  ground(place.dataset.tiles).addTo(shown);
  shown.attributionControl.setPrefix(false);
  for (const one of places) draw(one, places.length, shown);
  const editor = place.dataset.map === 'pick' && form ? new FenceEditor(shown, form, words) : undefined;
  look(shown, editor?.bounds(), places, place.dataset.country);
}

/** Empty squares that the scale gives a size. */
class Grid extends GridLayer {
  protected override createTile(): HTMLElement {
    const square = document.createElement('div');
    square.className = 'map-tile';
    return square;
  }
}

function ground(tiles: string | undefined): GridLayer {
  if (tiles === undefined) return new Grid();
  return tileLayer(tiles, { maxZoom: 19, attribution: new URL(tiles.replace(/\{[^}]*\}/g, 'x')).hostname });
}

/** A screen of names would cover the map; from a dozen on they come by pointing. */
const namesMax = 12;

function draw({ name, shapes, href, quiet }: ShownPlace, all: number, shown: LeafletMap): void {
  const label = document.createElement('span');
  label.textContent = name;
  const look = { direction: 'top', className: 'map-name' } as const;
  const linked = !quiet && href !== undefined;
  for (const shape of shapes) {
    const options = { className: quiet ? 'map-circle map-circle-quiet' : 'map-circle', interactive: linked };
    const drawn = outline(shape, options).addTo(shown);
    if (all > namesMax) drawn.bindTooltip(label, { ...look, sticky: true });
    if (linked) drawn.on('click', () => location.assign(href));
  }
  const around = boundsOf(shapes);
  if (all > namesMax || !around) return;
  // Above the fence, not on it.
  const top = latLng(around.getNorth(), around.getCenter().lng);
  tooltip({ ...look, permanent: true })
    .setLatLng(top)
    .setContent(label)
    .addTo(shown);
}

function outline(shape: ShownShape, options: PolylineOptions): Path {
  if (shape.kind === 'polygon') return polygon(shape.points, options);
  return circle([shape.lat, shape.lng], { ...options, radius: shape.radiusMetres });
}

function boundsOf(shapes: readonly ShownShape[]): LatLngBounds | undefined {
  const [first, ...others] = shapes.map((shape) =>
    shape.kind === 'polygon'
      ? latLngBounds(shape.points)
      : latLng(shape.lat, shape.lng).toBounds(shape.radiusMetres * 2),
  );
  for (const other of others) first?.extend(other);
  return first;
}

function look(
  shown: LeafletMap,
  drawn: LatLngBounds | undefined,
  places: readonly ShownPlace[],
  country: string | undefined,
): void {
  const all = drawn ?? boundsOf(places.flatMap(({ shapes }) => shapes));
  if (all) shown.fitBounds(all.pad(0.3), { padding: [24, 24], maxZoom: 18, animate: false });
  else if (country === 'CN') shown.setView([34, 108], 4, { animate: false });
  else shown.setView([25, 10], 2, { animate: false });
}

// Last: the classes above must be there.
for (const place of document.querySelectorAll<HTMLElement>('[data-map]')) open(place);
