/** The full number in the place of the masked one: it is in no page, only in the answer to who asked with a reason. */

document.addEventListener('answered', (event) => {
  const form = event.target;
  const { value } = (event as CustomEvent<{ value?: unknown }>).detail;
  const place = document.getElementById('revealed');
  if (!(form instanceof HTMLFormElement) || form.id !== 'reveal' || !place || typeof value !== 'string')
    return;
  event.preventDefault();
  place.textContent = value;
  form.hidden = true;
});
