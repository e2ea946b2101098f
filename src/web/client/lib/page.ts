/** Small things every page has: the language switch, copy buttons, times in the reader's own zone, previews of chosen pictures. */
import { enhanceRows } from './rows.ts';
import { locale, say } from './words.ts';

export function enhancePage(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const language = event.target.closest<HTMLElement>('[data-locale]');
    if (language) {
      event.preventDefault();
      switchLanguage(language.dataset.locale ?? '');
    }
    const copy = event.target.closest<HTMLElement>('[data-copy]');
    if (copy) void copyFrom(copy);
    if (event.target.closest('[data-print]')) window.print();
  });
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'file') preview(target);
    if (target instanceof HTMLSelectElement && target.form) followChoices(target.form);
  });
  // A page that comes back keeps what was chosen on it.
  window.addEventListener('pageshow', () => {
    for (const form of Array.from(document.forms)) followChoices(form);
  });
  showTimes(document);
  enhanceRows();
}

/** `<fieldset data-when="name=value|other">` is there only while the field has one of the values; off, its fields are not sent. */
function followChoices(form: HTMLFormElement): void {
  for (const part of form.querySelectorAll<HTMLFieldSetElement>('fieldset[data-when]')) {
    const [name = '', values = ''] = part.dataset.when?.split('=') ?? [];
    const chooser = form.querySelector<HTMLSelectElement>(`select[name="${CSS.escape(name)}"]`);
    part.hidden = !chooser || !values.split('|').includes(chooser.value);
    part.disabled = part.hidden;
  }
}

function switchLanguage(to: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari 15.
  document.cookie = `locale=${to}; path=/; max-age=31536000; samesite=lax${secure}`;
  location.reload();
}

/** `data-copy` holds the text, or `#id` of the element that does. */
async function copyFrom(button: HTMLElement): Promise<void> {
  const source = button.dataset.copy ?? '';
  const element = source.startsWith('#') ? document.getElementById(source.slice(1)) : null;
  const text = element instanceof HTMLInputElement ? element.value : (element?.textContent ?? source);
  try {
    await navigator.clipboard.writeText(text.trim());
  } catch {
    copyBySelection(text.trim());
  }
  const before = button.textContent;
  button.textContent = say('copied');
  button.setAttribute('role', 'status');
  setTimeout(() => {
    button.textContent = before;
    button.removeAttribute('role');
  }, 1600);
}

/** WeChat's browser may hold back the clipboard. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** `<time datetime="…" data-local>` in the reader's own zone. */
export function showTimes(within: ParentNode): void {
  for (const time of within.querySelectorAll<HTMLTimeElement>('time[data-local]')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.textContent = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
      at,
    );
  }
}

function preview(input: HTMLInputElement): void {
  const field = input.closest('.field-file');
  const file = input.files?.[0];
  if (!field) return;
  field.querySelector('.file-preview')?.remove();
  if (!file) return;
  const box = document.createElement('div');
  box.className = 'file-preview';
  if (file.type.startsWith('image/')) {
    const image = document.createElement('img');
    image.alt = '';
    image.src = URL.createObjectURL(file);
    image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
    image.addEventListener('error', () => image.remove(), { once: true });
    box.append(image);
  }
  const name = document.createElement('span');
  name.textContent = say('chosen', { name: file.name });
  box.append(name);
  field.append(box);
}
