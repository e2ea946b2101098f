/** The front door's forms: passkey ceremonies and one-time codes. What this browser cannot do is not shown. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { showSummary } from './lib/faults.ts';
import { NoAnswer, Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { say } from './lib/words.ts';

type Options = Parameters<typeof startRegistration>[0]['optionsJSON'];
type Challenge = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Runs a form's ceremony once at a time; afterwards the page goes on to `data-next`. */
function onSubmit(form: HTMLFormElement, work: () => Promise<boolean>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = form.querySelector('button');
    if (!button || button.disabled) return;
    button.disabled = true;
    work()
      .then((done) => {
        if (done) location.assign(form.dataset.next ?? '/');
      })
      .catch((error: unknown) => {
        // A closed passkey dialog is a change of mind, said by the browser already.
        if (error instanceof Error && error.name === 'NotAllowedError') return;
        if (error instanceof Problem) showSummary(form, [error.body.title]);
        else showSummary(form, [say(error instanceof NoAnswer ? 'offline' : 'keyFailed')]);
      })
      .finally(() => {
        button.disabled = false;
      });
  });
}

function typedIn(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value.trim() ?? '';
}

function gateOf(form: HTMLFormElement): object {
  return form.dataset.gate ? { gate: JSON.parse(form.dataset.gate) as object } : {};
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  if (!browserSupportsWebAuthn()) {
    form.hidden = true;
    continue;
  }
  onSubmit(form, () => ceremonyOf(form));
}

function ceremonyOf(form: HTMLFormElement): Promise<boolean> {
  switch (form.dataset.passkey) {
    case 'sign-up':
      return signUp(form);
    case 'add':
      return addPasskey();
    default:
      return signIn();
  }
}

/** A key that this account already has is refused by the browser itself. */
async function addPasskey(): Promise<boolean> {
  const begun = await send('POST', '/api/passkeys/options', {});
  const response = await startRegistration({ optionsJSON: begun.options as Options });
  await send('POST', '/api/passkeys', { ceremony: begun.ceremony, response });
  return true;
}

async function signUp(form: HTMLFormElement): Promise<boolean> {
  const begun = await send('POST', '/api/sign-up/options', {
    ...gateOf(form),
    displayName: typedIn(form, 'displayName'),
  });
  const response = await startRegistration({ optionsJSON: begun.options as Options });
  await send('POST', '/api/sign-up', { ceremony: begun.ceremony, response });
  return true;
}

async function signIn(): Promise<boolean> {
  const begun = await send('POST', '/api/sign-in/options', {});
  const response = await startAuthentication({ optionsJSON: begun.options as Challenge });
  await send('POST', '/api/sign-in', { ceremony: begun.ceremony, response });
  return true;
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-code-sign-in]')) {
  let sent: { id: string; channel: string; address: string } | undefined;
  onSubmit(form, async () => {
    const address = typedIn(form, 'address');
    // Somebody who corrects the number after the first code went out means the new one.
    if (sent?.address !== address) {
      const next = { id: newId(), channel: address.includes('@') ? 'email' : 'sms', address };
      await send('PUT', `/api/sign-in-codes/${next.id}`, { channel: next.channel, address, ...gateOf(form) });
      sent = next;
      showCode(form);
      return false;
    }
    const displayName = typedIn(form, 'displayName');
    await send('POST', '/api/sign-in/code', {
      ...sent,
      code: typedIn(form, 'code'),
      ...(displayName ? { displayName } : {}),
      ...gateOf(form),
    });
    return true;
  });
}

function showCode(form: HTMLFormElement): void {
  const code = form.querySelector<HTMLElement>('[data-code]');
  const button = form.querySelector('button');
  if (code) code.hidden = false;
  if (button?.dataset.then) button.textContent = button.dataset.then;
  form.querySelector<HTMLInputElement>('input[name="code"]')?.focus();
}
