/** Forms of our API: JSON out, problems beside their fields, one id a form so that sending twice writes once. */
import { ask } from './lib/ask.ts';
import { bodyOf } from './lib/body.ts';
import { clearFaults, describeFields, missingTitle, nameOf, showFaults, showSummary } from './lib/faults.ts';
import { NoAnswer, Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { enhancePage } from './lib/page.ts';
import { say } from './lib/words.ts';

type Answer = Readonly<Record<string, unknown>>;

const ids = new WeakMap<HTMLFormElement, string>();
const sending = new WeakSet<HTMLFormElement>();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.action === undefined) return;
  event.preventDefault();
  void submit(form);
});
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-action]')) describeFields(form);
enhancePage();
// Back from the next page with this one still in memory: what was sent is done, and a new click is a new write.
window.addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-action]')) {
    busy(form, false);
    ids.delete(form);
  }
});

async function submit(form: HTMLFormElement): Promise<void> {
  if (sending.has(form)) return;
  sending.add(form);
  try {
    if (form.dataset.confirm && !(await ask(form.dataset.confirm, submitText(form)))) return;
    clearFaults(form);
    busy(form, true);
    await sendForm(form);
  } catch (error) {
    busy(form, false);
    explain(form, error);
  } finally {
    sending.delete(form);
  }
}

async function sendForm(form: HTMLFormElement): Promise<void> {
  const id = ids.get(form) ?? newId();
  ids.set(form, id);
  const { body, faults } = await bodyOf(form);
  if (faults.length > 0) {
    busy(form, false);
    showFaults(form, missingTitle(), faults);
    return;
  }
  const { action = '', method = 'PUT' } = form.dataset;
  const answer = await send(method, filled(action, { id }), method === 'DELETE' ? undefined : body);
  go(form, { ...answer, id });
}

/** A page's own module may take the answer over: it listens for `answered` and prevents the default. */
function go(form: HTMLFormElement, answer: Answer): void {
  const event = new CustomEvent('answered', { detail: answer, bubbles: true, cancelable: true });
  if (!form.dispatchEvent(event)) {
    busy(form, false);
    ids.delete(form);
    return;
  }
  const { next } = form.dataset;
  const target = next === undefined ? undefined : new URL(filled(next, answer), location.href);
  if (!target || target.origin !== location.origin) location.reload();
  else if (target.href.split('#')[0] === location.href.split('#')[0]) location.reload();
  else location.assign(target.href);
}

function explain(form: HTMLFormElement, error: unknown): void {
  if (error instanceof Problem) {
    const { title, errors = [], instance, slug } = error.body;
    showFaults(
      form,
      slug === 'bug' && instance
        ? `${title} (${say('reference')}: ${instance.replace('urn:uuid:', '')})`
        : title,
      errors.map(({ pointer, detail }) => ({ name: nameOf(pointer), text: detail })),
    );
    return;
  }
  showSummary(form, [say('offline')]);
  if (!(error instanceof NoAnswer)) throw error;
}

/** `{url}` alone is an address as it stands; inside an address a value is a part of it. */
function filled(template: string, values: Answer): string {
  const whole = /^\{(\w+)\}$/.exec(template);
  if (whole) return String(values[whole[1] ?? ''] ?? '');
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? '')));
}

function busy(form: HTMLFormElement, is: boolean): void {
  form.setAttribute('aria-busy', String(is));
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[type=submit]')) {
    button.disabled = is;
    button.classList.toggle('is-busy', is);
    if (is) button.setAttribute('aria-label', say('sending'));
    else button.removeAttribute('aria-label');
  }
}

function submitText(form: HTMLFormElement): string {
  return form.querySelector('button[type=submit]')?.textContent?.trim() ?? '';
}
