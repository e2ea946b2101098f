/** A form's fields as the JSON body of its request. */
import { sendFile } from './file.ts';
import { cornerPairs, decimalNumber, instantIn, minorUnits, wholeNumber } from './values.ts';
import { say } from './words.ts';

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
export interface Fault {
  readonly name: string;
  readonly text: string;
}
interface Members {
  [name: string]: unknown;
}

export function controlsOf(form: HTMLFormElement): Control[] {
  return Array.from(form.elements).filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement ||
        one instanceof HTMLSelectElement ||
        one instanceof HTMLTextAreaElement) &&
      one.name !== '' &&
      // Also what lies in a fieldset that is switched off.
      !one.matches(':disabled'),
  );
}

/** The body, and what a person has to mend before it can be sent. Files are sent on the way. */
export async function bodyOf(form: HTMLFormElement): Promise<{ body: Members; faults: Fault[] }> {
  const body: Members = {};
  const faults: Fault[] = [];
  const controls = controlsOf(form);
  for (const control of controls) {
    const { name } = control;
    const value = answerOf(control, controls);
    if (value instanceof Unreadable) faults.push({ name, text: value.message });
    else if (value !== undefined) put(body, name, value);
  }
  // Files go last: nothing is uploaded for a form that cannot be sent.
  if (faults.length === 0) {
    for (const control of controls) await putFile(body, control);
  }
  return { body, faults };
}

class Unreadable extends Error {}

function answerOf(control: Control, controls: readonly Control[]): unknown {
  const kind = control.dataset.kind ?? control.type;
  // It only decides which other fields are there.
  if (kind === 'choice') return undefined;
  if (control instanceof HTMLInputElement) {
    if (control.type === 'file') {
      return control.required && !control.files?.length ? new Unreadable(say('required')) : undefined;
    }
    if (control.type === 'radio') {
      return control.checked ? control.value : radioFault(control, controls);
    }
    if (control.type === 'checkbox') {
      if (kind !== 'list') return control.checked;
      const boxes = controls.filter((one) => one.name === control.name) as HTMLInputElement[];
      return boxes.filter(({ checked }) => checked).map(({ value }) => value);
    }
  }
  if (control instanceof HTMLSelectElement && control.multiple) {
    return Array.from(control.selectedOptions, ({ value }) => value);
  }
  const text = control.value.trim();
  if (text === '') return control.required ? new Unreadable(say('required')) : undefined;
  return read(kind, text, control);
}

function radioFault(radio: HTMLInputElement, controls: readonly Control[]): Unreadable | undefined {
  const group = controls.filter((one) => one.name === radio.name) as HTMLInputElement[];
  const unanswered = radio.required && group[0] === radio && !group.some(({ checked }) => checked);
  return unanswered ? new Unreadable(say('required')) : undefined;
}

function read(kind: string, text: string, { dataset }: Control): unknown {
  switch (kind) {
    case 'number':
      return wholeNumber(text) ?? new Unreadable(say('number'));
    case 'decimal':
      return decimalNumber(text) ?? new Unreadable(say('decimal'));
    case 'points':
      return cornerPairs(text) ?? new Unreadable(say('points'));
    case 'minutes':
      return seconds(text) ?? new Unreadable(say('decimal'));
    case 'money':
      return minorUnits(text, Number(dataset.digits ?? '2')) ?? new Unreadable(say('money'));
    case 'instant':
      return instantIn(dataset.zone, text) ?? new Unreadable(say('instant'));
    case 'boolean':
      return text === 'true';
    case 'list':
      return [text];
    case 'json':
      return JSON.parse(text);
    default:
      return text;
  }
}

function seconds(minutes: string): number | undefined {
  const read = decimalNumber(minutes);
  return read === undefined ? undefined : Math.round(read * 60);
}

async function putFile(body: Members, control: Control): Promise<void> {
  if (!(control instanceof HTMLInputElement) || control.type !== 'file' || !control.files?.length) return;
  const ids: string[] = [];
  for (const file of Array.from(control.files)) ids.push(await sendFile(control.dataset.org ?? '', file));
  put(body, control.name, control.multiple ? ids : ids[0]);
}

/** `fence.radiusMetres` makes an object, `roles.0.role` a list of objects. */
function put(body: Members, name: string, value: unknown): void {
  const path = name.split('.');
  if (path.includes('__proto__')) return;
  let place: Members = body;
  path.slice(0, -1).forEach((part, index) => {
    const made = /^\d+$/.test(path[index + 1] ?? '') ? [] : {};
    place[part] ??= made;
    place = place[part] as Members;
  });
  place[path[path.length - 1] ?? name] = value;
}
