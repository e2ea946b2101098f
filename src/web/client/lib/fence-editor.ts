/** A fence's form and its map: each row of the form is a shape, the map's clicks go to the row one was last in. */
import type { StatedDatum } from '../../../kernel/geo.ts';
import { DrawnCircle } from './drawn-circle.ts';
import { DrawnPolygon } from './drawn-polygon.ts';
import type { LatLng, LatLngBounds, LeafletMap, LeafletMouseEvent } from './leaflet.ts';
import { rowsChanged, rowsOf } from './rows.ts';

/** One shape: its fields move it, and clicks and handles move its fields. */
export interface Drawn {
  /** The map was clicked while this one is at hand. */
  click(at: LatLng): void;
  /** This field of it was typed into. */
  follow(typed: EventTarget | null): void;
  /** The datum is another: what the map placed stays and is written anew, what was typed moves. */
  changeDatum(): void;
  select(is: boolean): void;
  number(text: string): void;
  bounds(): LatLngBounds | undefined;
  remove(): void;
}
export interface HandleWords {
  readonly pin: string;
  readonly corner: string;
  readonly radiusHandle: string;
}
/** What a shape needs of its surroundings. */
export interface Surroundings {
  readonly map: LeafletMap;
  readonly words: HandleWords;
  datum(): StatedDatum;
}

export class FenceEditor {
  readonly #drawn = new Map<HTMLElement, Drawn>();
  readonly #list: HTMLElement;
  readonly #around: Surroundings;
  #atHand: HTMLElement | undefined;

  constructor(map: LeafletMap, form: HTMLFormElement, words: HandleWords) {
    const list = form.querySelector<HTMLElement>('[data-rows]');
    const datum = form.querySelector<HTMLSelectElement>('[name$="datum"]');
    if (!list || !datum) throw new Error('the form has no shapes');
    this.#list = list;
    this.#around = { map, words, datum: () => datum.value as StatedDatum };
    map.on('click', ({ latlng }: LeafletMouseEvent) => this.#current()?.click(latlng.wrap()));
    list.addEventListener(rowsChanged, () => this.#match());
    for (const kind of ['focusin', 'click'] as const)
      list.addEventListener(kind, ({ target }) => this.#take(this.#rowOf(target)));
    list.addEventListener('input', ({ target }) => this.#drawnAt(target)?.follow(target));
    list.addEventListener('change', ({ target }) => this.#show(this.#drawnAt(target)));
    datum.addEventListener('change', () => {
      for (const one of this.#drawn.values()) one.changeDatum();
      this.#show(this.#current());
    });
    this.#match();
    this.#take(rowsOf(list)[0]);
  }

  bounds(): LatLngBounds | undefined {
    const all = [...this.#drawn.values()].flatMap((one) => one.bounds() ?? []);
    const [first, ...others] = all;
    for (const other of others) first?.extend(other);
    return first;
  }

  /** After rows came or went: a shape for each, and the newest at hand. */
  #match(): void {
    const rows = rowsOf(this.#list);
    for (const [row, one] of this.#drawn) {
      if (rows.includes(row)) continue;
      one.remove();
      this.#drawn.delete(row);
    }
    const fresh = rows.filter((row) => !this.#drawn.has(row));
    for (const row of fresh) this.#drawn.set(row, drawnOf(row, this.#around));
    rows.forEach((row, index) => {
      this.#drawn.get(row)?.number(rows.length > 1 ? String(index + 1) : '');
    });
    const kept = this.#atHand && rows.includes(this.#atHand) ? this.#atHand : rows[0];
    this.#take(fresh[fresh.length - 1] ?? kept);
  }

  #take(row: HTMLElement | undefined): void {
    if (!row || !this.#drawn.has(row)) return;
    this.#atHand = row;
    for (const [one, drawn] of this.#drawn) {
      one.toggleAttribute('data-at-hand', one === row);
      drawn.select(one === row);
    }
  }

  #current(): Drawn | undefined {
    return this.#atHand && this.#drawn.get(this.#atHand);
  }

  #rowOf(target: EventTarget | null): HTMLElement | undefined {
    return target instanceof Element ? (target.closest<HTMLElement>('[data-row]') ?? undefined) : undefined;
  }

  #drawnAt(target: EventTarget | null): Drawn | undefined {
    const row = this.#rowOf(target);
    return row && this.#drawn.get(row);
  }

  #show(one: Drawn | undefined): void {
    const bounds = one?.bounds();
    const { map } = this.#around;
    if (bounds && !map.getBounds().contains(bounds))
      map.fitBounds(bounds.pad(0.3), { maxZoom: 18, animate: false });
  }
}

function drawnOf(row: HTMLElement, around: Surroundings): Drawn {
  return row.querySelector('[data-kind="points"]')
    ? new DrawnPolygon(row, around)
    : new DrawnCircle(row, around);
}
