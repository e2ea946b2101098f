/** Sends the chosen table as it is and goes on to the page that shows what would happen with it. */
import { sha256 } from './lib/digest.ts';
import { clearFaults, showSummary } from './lib/faults.ts';
import { Problem, sendBytes } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { say } from './lib/words.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-import]'))
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void upload(form);
  });

async function upload(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  const file = form.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  clearFaults(form);
  if (!file) return showSummary(form, [say('required')]);
  if (button) button.disabled = true;
  try {
    const id = newId();
    const digest = await sha256(await file.arrayBuffer());
    // What the page says of the table besides its name.
    const { import: place = '', next = '', query = '' } = form.dataset;
    // Without a type of its own: what the browser thinks of it says nothing.
    await sendBytes(
      `${place}/${id}/files/${digest}?name=${encodeURIComponent(file.name)}${query}`,
      file.slice(0, file.size, 'application/octet-stream'),
    );
    location.assign(`${next}/${id}`);
  } catch (error) {
    if (button) button.disabled = false;
    showSummary(form, [error instanceof Problem ? error.body.title : say('offline')]);
  }
}
