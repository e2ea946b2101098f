/** An area of a fence: corners to drag, a middle between each two to pull out a new one, and a field with a line a corner. */
import { fromWgs84, isOnEarth, toCoordinates, toWgs84 } from '../../../kernel/geo.ts';
import { cornersMax, cornersMin, shapeFault } from '../../../kernel/shape-rules.ts';
import type { Drawn, Surroundings } from './fence-editor.ts';
import {
  divIcon,
  type LatLng,
  type LatLngBounds,
  type LeafletEvent,
  latLng,
  latLngBounds,
  type Marker,
  marker,
  type Polygon,
  polygon,
} from './leaflet.ts';
import { numberTip } from './number-tip.ts';
import { cornerPairs } from './values.ts';

export class DrawnPolygon implements Drawn {
  readonly #field: HTMLTextAreaElement;
  readonly #removeCorner: HTMLButtonElement | null;
  readonly #outline: Polygon;
  /** In WGS-84. */
  #corners: LatLng[] = [];
  /** Whether the map placed them; typed ones mean what the datum says. */
  #placed = false;
  #handles: Marker[] = [];
  #isAtHand = false;
  #chosen: number | undefined;
  #text = '';

  constructor(
    row: HTMLElement,
    readonly around: Surroundings,
  ) {
    const field = row.querySelector<HTMLTextAreaElement>('[data-kind="points"]');
    if (!field) throw new Error('the form has no corners');
    this.#field = field;
    this.#removeCorner = row.querySelector<HTMLButtonElement>('[data-remove-corner]');
    this.#removeCorner?.addEventListener('click', () => this.#removeChosen());
    this.#outline = polygon([], { className: 'map-circle', interactive: false }).addTo(around.map);
    this.follow();
  }

  /** A further corner, after the last. */
  click(at: LatLng): void {
    if (this.#corners.length < cornersMax) this.#put([...this.#corners, at], this.#corners.length);
  }

  /** What was typed means what the datum says. */
  follow(): void {
    const pairs = cornerPairs(this.#field.value) ?? [];
    if (this.#field.value.trim() !== '' && pairs.length === 0) return;
    const points = pairs.map(([lat, lng]) => ({ lat, lng }));
    if (!points.every(isOnEarth)) return;
    this.#placed = false;
    this.#chosen = undefined;
    this.#corners = points
      .map((point) => toWgs84(point, this.around.datum()))
      .map(({ lat, lng }) => latLng(lat, lng));
    this.#draw();
  }

  changeDatum(): void {
    if (this.#placed) this.#write();
    else this.follow();
  }

  select(is: boolean): void {
    if (is === this.#isAtHand) return;
    this.#isAtHand = is;
    this.#drawHandles();
  }

  number(text: string): void {
    this.#text = text;
    this.#tip();
  }

  bounds(): LatLngBounds | undefined {
    return this.#corners.length > 0 ? latLngBounds(this.#corners) : undefined;
  }

  remove(): void {
    this.#outline.remove();
    for (const handle of this.#handles) handle.remove();
  }

  /** By the map: the field says them in its datum. */
  #put(corners: LatLng[], chosen: number | undefined): void {
    this.#corners = corners;
    this.#chosen = chosen;
    this.#placed = true;
    this.#write();
    this.#draw();
  }

  #write(): void {
    const datum = this.around.datum();
    this.#field.value = this.#corners
      .map((corner) => fromWgs84(corner, datum))
      .map(({ lat, lng }) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`)
      .join('\n');
  }

  #removeChosen(): void {
    if (this.#chosen === undefined) return;
    this.#put(without(this.#corners, this.#chosen), undefined);
  }

  #draw(): void {
    this.#outline.setLatLngs(this.#corners);
    this.#outline.getElement()?.classList.toggle('map-circle-bad', isFaulty(this.#corners));
    this.#tip();
    this.#drawHandles();
  }

  /** Leaflet finds no middle of nothing. */
  #tip(): void {
    numberTip(this.#outline, this.#corners.length > 0 ? this.#text : '');
  }

  #drawHandles(): void {
    for (const handle of this.#handles) handle.remove();
    this.#handles = this.#isAtHand
      ? this.#corners.flatMap((corner, index) => [this.#corner(corner, index), ...this.#between(index)])
      : [];
    if (this.#removeCorner) this.#removeCorner.disabled = this.#chosen === undefined;
  }

  #corner(at: LatLng, index: number): Marker {
    const className = index === this.#chosen ? 'map-corner map-corner-chosen' : 'map-corner';
    const handle = this.#handle(at, className);
    handle.on('click', () => {
      this.#chosen = index;
      this.#drawHandles();
    });
    return this.#draggable(handle, (to) => replaced(this.#corners, index, to), index);
  }

  /** Between a corner and the next: a click or a pull makes a corner there. */
  #between(index: number): Marker[] {
    const [from, to] = [this.#corners[index], this.#corners[(index + 1) % this.#corners.length]];
    const last = index === this.#corners.length - 1;
    if (!from || !to || this.#corners.length >= cornersMax || (last && this.#corners.length < 3)) return [];
    const middle = latLng((from.lat + to.lat) / 2, (from.lng + to.lng) / 2);
    const handle = this.#handle(middle, 'map-corner map-corner-between');
    const withMiddle = (at: LatLng) => inserted(this.#corners, index + 1, at);
    handle.on('click', () => this.#put(withMiddle(middle), index + 1));
    return [this.#draggable(handle, withMiddle, index + 1)];
  }

  #handle(at: LatLng, className: string): Marker {
    const icon = divIcon({ className, iconSize: [24, 24] });
    const title = this.around.words.corner;
    return marker(at, { icon, draggable: true, title, keyboard: false }).addTo(this.around.map);
  }

  #draggable(handle: Marker, corners: (to: LatLng) => LatLng[], chosen: number): Marker {
    const where = ({ target }: LeafletEvent) => corners((target as Marker).getLatLng().wrap());
    handle.on('drag', (event) => void this.#outline.setLatLngs(where(event)));
    handle.on('dragend', (event) => this.#put(where(event), chosen));
    return handle;
  }
}

const without = <T>(list: readonly T[], index: number) => list.filter((_, at) => at !== index);
const replaced = <T>(list: readonly T[], index: number, one: T) =>
  list.map((it, at) => (at === index ? one : it));
const inserted = <T>(list: readonly T[], index: number, one: T) => [
  ...list.slice(0, index),
  one,
  ...list.slice(index),
];

/** Shown while it is drawn; the server says it in words. */
function isFaulty(corners: readonly LatLng[]): boolean {
  if (corners.length < cornersMin) return false;
  const pointsE7 = corners.map(toCoordinates).map(({ latE7, lngE7 }) => [latE7, lngE7] as const);
  return shapeFault({ kind: 'polygon', pointsE7 }) !== undefined;
}
