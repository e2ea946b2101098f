/** A circle of a fence: a pin for its middle, a handle for its radius, and three fields. */
import { type Degrees, fromWgs84, isOnEarth, toWgs84 } from '../../../kernel/geo.ts';
import { radiusMax, radiusMin } from '../../../kernel/shape-rules.ts';
import type { Drawn, Surroundings } from './fence-editor.ts';
import {
  type Circle,
  circle,
  type DragEndEvent,
  divIcon,
  type LatLng,
  type LatLngBounds,
  type LeafletEvent,
  latLng,
  type Marker,
  marker,
} from './leaflet.ts';
import { numberTip } from './number-tip.ts';
import { decimalNumber, wholeNumber } from './values.ts';

export class DrawnCircle implements Drawn {
  readonly #lat: HTMLInputElement;
  readonly #lng: HTMLInputElement;
  readonly #radius: HTMLInputElement;
  #shape: { circle: Circle; pin: Marker; rim: Marker } | undefined;
  /** Where the map put it; undefined when the numbers were typed, and then mean what the datum says. */
  #placed: Degrees | undefined;
  #text = '';
  #isAtHand = false;

  constructor(
    row: HTMLElement,
    readonly around: Surroundings,
  ) {
    const field = (end: string) => {
      const found = row.querySelector<HTMLInputElement>(`[name$=".${end}"]`);
      if (!found) throw new Error(`the form has no field ${end}`);
      return found;
    };
    [this.#lat, this.#lng, this.#radius] = [field('lat'), field('lng'), field('radiusMetres')];
    this.#move();
  }

  click(at: LatLng): void {
    this.#place(at);
  }

  follow(typed: EventTarget | null): void {
    if (typed === this.#lat || typed === this.#lng) this.#placed = undefined;
    this.#move();
  }

  changeDatum(): void {
    if (this.#placed) this.#write(this.#placed);
    this.#move();
  }

  select(is: boolean): void {
    this.#isAtHand = is;
    if (is) this.#shape?.rim.addTo(this.around.map);
    else this.#shape?.rim.remove();
  }

  number(text: string): void {
    this.#text = text;
    if (this.#shape) numberTip(this.#shape.circle, text, 'bottom');
  }

  bounds(): LatLngBounds | undefined {
    const { circle } = this.#shape ?? {};
    return circle?.getLatLng().toBounds(circle.getRadius() * 2);
  }

  remove(): void {
    if (!this.#shape) return;
    for (const layer of [this.#shape.circle, this.#shape.pin, this.#shape.rim]) layer.remove();
  }

  #place({ lat, lng }: LatLng): void {
    this.#placed = { lat, lng };
    this.#write(this.#placed);
    this.#move();
  }

  #write(point: Degrees): void {
    const { lat, lng } = fromWgs84(point, this.around.datum());
    this.#lat.value = lat.toFixed(6);
    this.#lng.value = lng.toFixed(6);
  }

  /** Draws what the fields say, when they can be read. */
  #move(): void {
    const lat = decimalNumber(this.#lat.value);
    const lng = decimalNumber(this.#lng.value);
    if (lat === undefined || lng === undefined || !isOnEarth({ lat, lng })) return;
    const point = this.#placed ?? toWgs84({ lat, lng }, this.around.datum());
    const middle = latLng(point.lat, point.lng);
    const radius = bounded(wholeNumber(this.#radius.value) ?? 150);
    this.#shape ??= this.#draw(middle, radius);
    this.#shape.circle.setLatLng(middle).setRadius(radius);
    this.#shape.pin.setLatLng(middle);
    this.#shape.rim.setLatLng(rimOf(this.#shape.circle));
  }

  #draw(middle: LatLng, radius: number) {
    const { map, words } = this.around;
    const drawn = circle(middle, { radius, className: 'map-circle', interactive: false }).addTo(map);
    const pin = marker(middle, { icon: pinIcon(), draggable: true, title: words.pin, keyboard: false });
    pin.on('dragend', ({ target }: DragEndEvent) => this.#place((target as Marker).getLatLng().wrap()));
    const icon = divIcon({ className: 'map-corner', iconSize: [24, 24] });
    const rim = marker(rimOf(drawn), { icon, draggable: true, title: words.radiusHandle, keyboard: false });
    rim.on('drag dragend', ({ type, target }: LeafletEvent) => {
      const radius = bounded(Math.round(map.distance(drawn.getLatLng(), (target as Marker).getLatLng())));
      this.#radius.value = String(radius);
      drawn.setRadius(radius);
      if (type === 'dragend') this.#move();
    });
    pin.addTo(map);
    if (this.#isAtHand) rim.addTo(map);
    numberTip(drawn, this.#text, 'bottom');
    return { circle: drawn, pin, rim };
  }
}

const bounded = (metres: number) => Math.min(radiusMax, Math.max(radiusMin, metres));

function pinIcon() {
  const html = document.createElement('i');
  return divIcon({ className: 'map-pin', html, iconSize: [26, 26], iconAnchor: [13, 31] });
}

/** East of the middle, on the edge. */
function rimOf(one: Circle): LatLng {
  const middle = one.getLatLng();
  return latLng(middle.lat, middle.toBounds(one.getRadius() * 2).getEast());
}
