/** A crew's list: find a name, tick all that are shown, and see how many are ticked. */
const form = document.querySelector<HTMLFormElement>('form#crew');
if (form) begin(form);

function begin(crew: HTMLFormElement): void {
  const search = crew.querySelector<HTMLInputElement>('[data-crew-search]');
  const count = crew.querySelector<HTMLOutputElement>('[data-crew-count]');
  const rows = Array.from(crew.querySelectorAll<HTMLElement>('[data-crew-name]'));
  const boxOf = (row: HTMLElement) => row.querySelector<HTMLInputElement>('input[type=checkbox]');
  const tell = () => {
    const ticked = rows.filter((row) => boxOf(row)?.checked).length;
    if (count) count.textContent = (count.dataset.say ?? '#').replace('#', String(ticked));
  };
  // Who is not shown keeps their tick: a search narrows the view, not the choice.
  const tick = (checked: boolean) => {
    for (const row of rows) {
      const box = boxOf(row);
      if (box && !row.hidden) box.checked = checked;
    }
    tell();
  };
  search?.addEventListener('input', () => {
    const text = search.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !(row.dataset.crewName ?? '').includes(text);
  });
  crew.querySelector('[data-crew-all]')?.addEventListener('click', () => tick(true));
  crew.querySelector('[data-crew-none]')?.addEventListener('click', () => tick(false));
  crew.addEventListener('change', tell);
  tell();
}
