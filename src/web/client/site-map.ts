/** The map of sites: circles on tiles, or on a grid where no tiles are set up; in a form, a pin that its fields follow. */
import {
  type Circle,
  circle,
  control,
  type DragEndEvent,
  divIcon,
  GridLayer,
  type LatLng,
  type Map as LeafletMap,
  type LeafletMouseEvent,
  latLng,
  latLngBounds,
  type Marker,
  map,
  marker,
  tileLayer,
  tooltip,
} from 'leaflet';
import { type Datum, type Degrees, gcj02ToBd09, isOnEarth, toWgs84, wgs84ToGcj02 } from '../../kernel/geo.ts';
import { decimalNumber, wholeNumber } from './lib/values.ts';

type StatedDatum = Exclude<Datum, 'unstated'>;
interface ShownCircle extends Degrees {
  readonly name: string;
  readonly radiusMetres: number;
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
  const circles = JSON.parse(place.dataset.circles ?? '[]') as ShownCircle[];
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
  for (const one of circles) draw(one, circles.length, shown);
  const picker = place.dataset.map === 'pick' && form ? new Picker(shown, form, words) : undefined;
  look(shown, circles, place.dataset.country, picker?.shown);
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

function draw(
  { name, lat, lng, radiusMetres, href, quiet }: ShownCircle,
  all: number,
  shown: LeafletMap,
): void {
  const drawn = circle([lat, lng], {
    radius: radiusMetres,
    className: quiet ? 'map-circle map-circle-quiet' : 'map-circle',
    interactive: !quiet && href !== undefined,
  });
  drawn.addTo(shown);
  const label = document.createElement('span');
  label.textContent = name;
  const look = { direction: 'top', className: 'map-name' } as const;
  // Above the circle, not on it.
  const top = latLng(
    drawn
      .getLatLng()
      .toBounds(radiusMetres * 2)
      .getNorth(),
    lng,
  );
  if (all <= namesMax)
    tooltip({ ...look, permanent: true })
      .setLatLng(top)
      .setContent(label)
      .addTo(shown);
  else drawn.bindTooltip(label, { ...look, sticky: true });
  if (href !== undefined && !quiet) drawn.on('click', () => location.assign(href));
}

function look(
  shown: LeafletMap,
  circles: readonly ShownCircle[],
  country: string | undefined,
  picked: Circle | undefined,
): void {
  if (picked) {
    shown.fitBounds(picked.getLatLng().toBounds(picked.getRadius() * 3), { animate: false });
  } else if (circles.length > 0) {
    const [first, ...others] = circles.map(({ lat, lng, radiusMetres }) =>
      latLng(lat, lng).toBounds(radiusMetres * 3),
    );
    const all = latLngBounds(first?.getSouthWest() ?? [0, 0], first?.getNorthEast() ?? [0, 0]);
    for (const other of others) all.extend(other);
    shown.fitBounds(all, { padding: [24, 24], animate: false });
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
    const { lat, lng } = inDatum(point, this.#datum.value as StatedDatum);
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

function inDatum(point: Degrees, datum: StatedDatum): Degrees {
  if (datum === 'wgs84') return point;
  const gcj = wgs84ToGcj02(point);
  return datum === 'gcj02' ? gcj : gcj02ToBd09(gcj);
}

// Last: the classes above must be there.
for (const place of document.querySelectorAll<HTMLElement>('[data-map]')) open(place);
