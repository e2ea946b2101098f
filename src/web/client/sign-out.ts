/** Signing out takes what the clock shows of a person off this phone. What waits to be sent stays, signed as it is. */
import { forgetPerson } from './lib/queue.ts';

document.addEventListener('answered', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.action !== '/api/sign-out') return;
  event.preventDefault();
  void forgetPerson().finally(() => location.assign('/sign-in'));
});
