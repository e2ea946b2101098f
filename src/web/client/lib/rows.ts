/** Lists inside forms: rows are added from a template and removed, and their fields are numbered anew. */
import { describeFields } from './faults.ts';

/** Tells a page's own module that rows came or went. */
export const rowsChanged = 'rows-changed';

export function enhanceRows(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const add = target.closest<HTMLElement>('[data-add-row]');
    const list = target.closest<HTMLElement>('[data-rows]');
    if (!list) return;
    if (add) addRow(list, add.dataset.addRow ?? '');
    else if (target.closest('[data-remove-row]')) removeRow(list, target);
  });
  for (const list of document.querySelectorAll<HTMLElement>('[data-rows]')) bound(list);
}

export function rowsOf(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>('[data-row]'));
}

/** A row may name what is to be focused instead: on a phone a field would bring up the keyboard. */
const fields = 'input:not([type=hidden]), select, textarea';

function addRow(list: HTMLElement, kind: string): void {
  const rows = rowsOf(list);
  const blank = list.querySelector<HTMLTemplateElement>(`template[data-row-kind="${CSS.escape(kind)}"]`);
  const made = blank?.content.firstElementChild?.cloneNode(true);
  if (!(made instanceof HTMLElement)) return;
  const last = rows[rows.length - 1];
  if (last) last.after(made);
  else blank?.before(made);
  renumber(list);
  const form = list.closest('form');
  if (form) describeFields(form);
  const first = made.querySelector<HTMLElement>('[data-focus]') ?? made.querySelector<HTMLElement>(fields);
  first?.focus();
}

function removeRow(list: HTMLElement, within: Element): void {
  within.closest('[data-row]')?.remove();
  renumber(list);
  list.querySelector<HTMLElement>('[data-add-row]')?.focus();
}

function renumber(list: HTMLElement): void {
  const name = list.dataset.rows ?? '';
  const numbered = (text: string, n: number) =>
    text.startsWith(`${name}.`) ? `${name}.${n}${rest(text, name)}` : text;
  rowsOf(list).forEach((row, n) => {
    for (const control of row.querySelectorAll<HTMLInputElement>('[name]'))
      control.name = numbered(control.name, n);
    for (const problem of row.querySelectorAll<HTMLElement>('[data-problem]'))
      problem.dataset.problem = numbered(problem.dataset.problem ?? '', n);
  });
  bound(list);
  list.dispatchEvent(new CustomEvent(rowsChanged, { bubbles: true }));
}

/** Of `breaks.3.paid` in the list `breaks`: `.paid`. */
function rest(text: string, name: string): string {
  return text.slice(name.length + 1).replace(/^(\d+|#)/, '');
}

function bound(list: HTMLElement): void {
  const full = rowsOf(list).length >= Number(list.dataset.max ?? '100');
  for (const add of list.querySelectorAll<HTMLButtonElement>('[data-add-row]')) add.disabled = full;
}
