/** Shows what a column mapping writes while somebody changes it. Nothing is kept before the form is sent. */
import { bodyOf } from './lib/body.ts';
import { element } from './lib/element.ts';
import { nameOf } from './lib/faults.ts';
import { Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { rowsChanged } from './lib/rows.ts';

interface Shown {
  readonly fileName: string;
  readonly rows: readonly (readonly string[])[];
  readonly problems: readonly { readonly stops: boolean; readonly name?: string; readonly text: string }[];
  readonly bad: readonly { readonly pointer: string; readonly what: string }[];
}

// As long as a hand rests between two keys.
const restMs = 350;

const place = document.querySelector<HTMLElement>('[data-preview]');
const form = document.getElementById(place?.dataset.of ?? '');
if (place && form instanceof HTMLFormElement) watch(place, form);

function watch(target: HTMLElement, source: HTMLFormElement): void {
  let timer = 0;
  let asked = 0;
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), restMs);
  };
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const shown = await preview(target, source);
    // An answer that was overtaken says nothing any more.
    if (mine === asked) draw(target, source, shown);
  };
  for (const kind of ['input', 'change', rowsChanged]) source.addEventListener(kind, soon);
}

async function preview(target: HTMLElement, source: HTMLFormElement): Promise<Shown | undefined> {
  const { body, faults } = await bodyOf(source);
  if (faults.length > 0) return undefined;
  try {
    return (await send('PUT', `${target.dataset.preview ?? ''}/${newId()}`, body)) as unknown as Shown;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function draw(target: HTMLElement, source: HTMLFormElement, shown: Shown | undefined): void {
  for (const field of source.querySelectorAll('[aria-invalid="true"]')) field.removeAttribute('aria-invalid');
  if (!shown) {
    target.replaceChildren(element('p', {}, target.dataset.wait ?? ''));
    return;
  }
  for (const { pointer } of shown.bad)
    source.querySelector(`[name="${nameOf(`/${pointer}`)}"]`)?.setAttribute('aria-invalid', 'true');
  target.replaceChildren(...shown.bad.map(({ what }) => notice(what)), table(shown), problems(shown));
}

function notice(text: string): HTMLElement {
  return element('p', { class: 'notice notice-bad' }, text);
}

function table({ fileName, rows }: Shown): HTMLElement {
  const body = element(
    'tbody',
    {},
    ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
  );
  return element(
    'div',
    {},
    element('p', {}, element('code', {}, fileName)),
    element('div', { class: 'table-scroll', tabindex: '0' }, element('table', { class: 'table' }, body)),
  );
}

function problems({ problems: all }: Shown): HTMLElement {
  return element(
    'ul',
    { class: 'checks' },
    ...all.map(({ stops, name, text }) =>
      element(
        'li',
        {},
        element('span', { class: `badge badge-${stops ? 'bad' : 'warn'}` }, stops ? '✕' : '!'),
        ` ${name ? `${name}: ` : ''}${text}`,
      ),
    ),
  );
}
