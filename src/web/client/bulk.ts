/** Many rows approved in one go: what is chosen is sent with the digests that were shown, and each row shows its own answer. */
import { NoAnswer, Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { say } from './lib/words.ts';

interface Answered {
  readonly engagementId: string;
  readonly approved: boolean;
  readonly title?: string;
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-bulk]')) open(form);

function open(form: HTMLFormElement): void {
  const boxes = Array.from(form.querySelectorAll<HTMLInputElement>('input[data-digest]'));
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  const chosen = () => boxes.filter(({ checked, disabled }) => checked && !disabled);
  let request = newId();
  const count = () => {
    if (!button) return;
    button.disabled = chosen().length === 0;
    button.textContent = (form.dataset.saySubmit ?? '').replace('{{count}}', String(chosen().length));
  };
  form.addEventListener('change', () => {
    // Another choice is another request; the same one sent again is the same.
    request = newId();
    count();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    void approve(form, chosen(), request).then(count);
  });
  count();
}

async function approve(form: HTMLFormElement, boxes: readonly HTMLInputElement[], id: string): Promise<void> {
  const problem = form.querySelector<HTMLElement>('.form-problem');
  form.setAttribute('aria-busy', 'true');
  try {
    const sheets = boxes.map(({ dataset }) => ({
      engagementId: dataset.engagement,
      startsOn: dataset.startsOn,
      digest: dataset.digest,
    }));
    const answer = await send('PUT', `${form.dataset.bulk}${id}`, { sheets });
    const results = (answer.sheets ?? []) as Answered[];
    if (results.every(({ approved }) => approved)) {
      location.reload();
      return;
    }
    for (const result of results) show(form, result);
    for (const again of form.querySelectorAll<HTMLElement>('[data-again]')) again.hidden = false;
  } catch (error) {
    if (problem) {
      problem.textContent = error instanceof Problem ? error.body.title : say('offline');
      problem.hidden = false;
    }
    if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
  } finally {
    form.setAttribute('aria-busy', 'false');
  }
}

function show(form: HTMLFormElement, { engagementId, approved, title = '' }: Answered): void {
  const place = form.querySelector<HTMLElement>(`[data-result="${CSS.escape(engagementId)}"]`);
  const box = form.querySelector<HTMLInputElement>(`input[data-engagement="${CSS.escape(engagementId)}"]`);
  if (place) {
    place.textContent = approved ? (form.dataset.sayApproved ?? '') : title;
    place.className = `badge ${approved ? 'badge-good' : 'badge-bad'}`;
  }
  if (box) {
    box.checked = false;
    box.disabled = approved;
  }
}
