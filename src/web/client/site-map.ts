/** The map of sites: circles on tiles, or on a grid where no tiles are set up; in a form, a pin that its fields follow. */
import {
  type Circle,
  circle,
  control,
  type DragEndEvent,
  divIcon,
  GridLayer,
  type LatLng,
  type LatLngBounds,
  type Map as LeafletMap,
  type LeafletMouseEvent,
  latLng,
  latLngBounds,
  type Marker,
  map,
  marker,
  type Path,
  type PolylineOptions,
  polygon,
  tileLayer,
  tooltip,
} from 'leaflet';
import { type Degrees, fromWgs84, isOnEarth, type StatedDatum, toWgs84 } from '../../kernel/geo.ts';
import { decimalNumber, wholeNumber } from './lib/values.ts';

type ShownShape =
  | ({ readonly kind: 'circle'; readonly radiusMetres: number } & Degrees)
  | { readonly kind: 'polygon'; readonly points: [number, number][] };
interface ShownPlace {
  readonly name: string;
  readonly shapes: readonly ShownShape[];
  readonly href?: string;
  readonly quiet?: boolean;
}
interface Words {
  readonly pin: string;
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
  const picker = place.dataset.map === 'pick' && form ? new Picker(shown, form, words) : undefined;
  look(shown, places, place.dataset.country, picker?.shown);
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
  places: readonly ShownPlace[],
  country: string | undefined,
  picked: Circle | undefined,
): void {
  const all = boundsOf(places.flatMap(({ shapes }) => shapes));
  if (picked) {
    shown.fitBounds(picked.getLatLng().toBounds(picked.getRadius() * 3), { animate: false });
  } else if (all) {
    shown.fitBounds(all.pad(0.3), { padding: [24, 24], animate: false });
  } else if (country === 'CN') {
    shown.setView([34, 108], 4, { animate: false });
  } else {
    shown.setView([25, 10], 2, { animate: false });
  }
}

/** The circle that a form describes: its fields move it, and clicks and the pin move its fields. */
class Picker {
  readonly #lat: HTMLInputElement;
  readonly #lng: HTMLInputElement;
  readonly #radius: HTMLInputElement;
  readonly #datum: HTMLSelectElement;
  #pin: Marker | undefined;
  #circle: Circle | undefined;
  /** Where the map put it; undefined when the numbers were typed, and then mean what the datum says. */
  #placed: Degrees | undefined;

  constructor(
    readonly map: LeafletMap,
    form: HTMLFormElement,
    readonly words: Words,
  ) {
    this.#lat = field(form, 'lat');
    this.#lng = field(form, 'lng');
    this.#radius = field(form, 'radiusMetres');
    this.#datum = field(form, 'datum');
    map.on('click', ({ latlng }: LeafletMouseEvent) => this.#place(latlng.wrap()));
    for (const input of [this.#lat, this.#lng]) {
      input.addEventListener('input', () => {
        this.#placed = undefined;
        this.#follow();
      });
      input.addEventListener('change', () => this.#show());
    }
    this.#radius.addEventListener('input', () => this.#follow());
    this.#datum.addEventListener('change', () => {
      if (this.#placed) this.#write(this.#placed);
      else this.#follow();
      this.#show();
    });
    this.#follow();
  }

  get shown(): Circle | undefined {
    return this.#circle;
  }

  #place({ lat, lng }: LatLng): void {
    this.#placed = { lat, lng };
    this.#write(this.#placed);
    this.#move(latLng(lat, lng));
  }

  #write(point: Degrees): void {
    const { lat, lng } = fromWgs84(point, this.#datum.value as StatedDatum);
    this.#lat.value = lat.toFixed(6);
    this.#lng.value = lng.toFixed(6);
  }

  #follow(): void {
    const lat = decimalNumber(this.#lat.value);
    const lng = decimalNumber(this.#lng.value);
    if (lat === undefined || lng === undefined || !isOnEarth({ lat, lng })) return;
    const point = this.#placed ?? toWgs84({ lat, lng }, this.#datum.value as StatedDatum);
    this.#move(latLng(point.lat, point.lng));
  }

  #show(): void {
    if (!this.#circle || this.map.getBounds().contains(this.#circle.getLatLng())) return;
    this.map.fitBounds(this.#circle.getLatLng().toBounds(this.#circle.getRadius() * 3), { animate: false });
  }

  #move(at: LatLng): void {
    const radius = Math.min(5000, Math.max(20, wholeNumber(this.#radius.value) ?? 150));
    this.#circle ??= circle(at, { radius, className: 'map-circle', interactive: false }).addTo(this.map);
    this.#circle.setLatLng(at).setRadius(radius);
    this.#pin ??= this.#makePin(at);
    this.#pin.setLatLng(at);
  }

  #makePin(at: LatLng): Marker {
    const icon = divIcon({
      className: 'map-pin',
      html: document.createElement('i'),
      iconSize: [26, 26],
      iconAnchor: [13, 31],
    });
    return marker(at, { icon, draggable: true, title: this.words.pin, keyboard: false })
      .on('dragend', ({ target }: DragEndEvent) => this.#place((target as Marker).getLatLng().wrap()))
      .addTo(this.map);
  }
}

function field<T extends HTMLInputElement | HTMLSelectElement>(form: HTMLFormElement, name: string): T {
  const found = form.querySelector<T>(`[name="${name}"], [name$=".${name}"]`);
  if (!found) throw new Error(`the form has no field ${name}`);
  return found;
}

// Last: the classes above must be there.
for (const place of document.querySelectorAll<HTMLElement>('[data-map]')) open(place);
