/** Shows what is wrong beside the field it is about; what belongs to no visible field stands above the button. */
import { type Control, controlsOf, type Fault } from './body.ts';
import { say } from './words.ts';

let count = 0;

export function clearFaults(form: HTMLFormElement): void {
  for (const place of form.querySelectorAll<HTMLElement>('[data-problem]')) place.textContent = '';
  for (const control of controlsOf(form)) control.removeAttribute('aria-invalid');
  const summary = form.querySelector<HTMLElement>('.form-problem');
  if (summary) {
    summary.hidden = true;
    summary.textContent = '';
  }
}

export function showFaults(form: HTMLFormElement, title: string, faults: readonly Fault[]): void {
  clearFaults(form);
  const loose = faults.filter((fault) => !placeFault(form, fault));
  // What stands beside its field is not said again above the button, and a hidden field has no name for people.
  const said = faults.length > 0 && loose.length === 0 && faults.every(({ text }) => text === title);
  const lines = loose.filter(({ text }) => text !== title);
  showSummary(form, [
    said ? missingTitle() : title,
    ...lines.map(({ name, text }) => (name ? `${name}: ${text}` : text)),
  ]);
  const first = controlsOf(form).find((control) => control.getAttribute('aria-invalid') === 'true');
  first?.focus();
}

export function showSummary(form: HTMLFormElement, lines: readonly string[]): void {
  const summary = form.querySelector<HTMLElement>('.form-problem');
  if (!summary) return;
  summary.textContent = '';
  for (const line of lines) {
    const row = document.createElement('span');
    row.textContent = line;
    summary.append(row);
  }
  summary.hidden = false;
}

/** Of `roles.0.siteId` the field `roles.0.siteId`, else `roles.0`, else `roles`. */
function placeFault(form: HTMLFormElement, { name, text }: Fault): boolean {
  for (let part = name; part !== ''; part = part.includes('.') ? part.slice(0, part.lastIndexOf('.')) : '') {
    const control = controlsOf(form).find((one) => one.name === part && one.type !== 'hidden');
    const place = form.querySelector<HTMLElement>(`[data-problem="${CSS.escape(part)}"]`);
    // A list that lacks rows has no field of its own.
    if (!place || !(control || place.parentElement?.matches('[data-rows]'))) continue;
    place.textContent = place.textContent ? `${place.textContent} ${text}` : text;
    control?.setAttribute('aria-invalid', 'true');
    return true;
  }
  return false;
}

/** Hints and problems are read out with their field. */
export function describeFields(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLElement>('.field')) {
    const ids = Array.from(field.querySelectorAll<HTMLElement>('.field-hint, .field-problem'), (one) => {
      count += 1;
      one.id ||= `field-${count}`;
      return one.id;
    });
    for (const control of field.querySelectorAll<Control>('input, select, textarea')) {
      control.setAttribute('aria-describedby', ids.join(' '));
    }
  }
}

/** A JSON pointer as a field's dotted name. */
export function nameOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .join('.');
}

export function missingTitle(): string {
  return say('mend');
}
