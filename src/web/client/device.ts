/** Ways in by this phone's own key: signing in with it, and being enrolled face to face. */
import { deviceKey, deviceKeys, keepDeviceKey, makeDeviceKey, proveDevice } from './lib/device-key.ts';
import { showSummary } from './lib/faults.ts';
import { Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { say } from './lib/words.ts';

const pollMs = 2500;

void offerDevices();
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-enrol]')) {
  onSubmit(form, () => askToEnrol(form));
}
const waiting = document.querySelector<HTMLElement>('[data-enrolling]');
if (waiting) void waitFor(waiting);

function onSubmit(form: HTMLFormElement, work: () => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    if (!button || button.disabled) return;
    button.disabled = true;
    work().catch((error: unknown) => {
      button.disabled = false;
      showSummary(form, [error instanceof Problem ? error.body.title : say('offline')]);
    });
  });
}

async function offerDevices(): Promise<void> {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-device-sign-in]')) {
    await offerKeys(form).catch(() => undefined);
  }
  // A group whose every way is closed here is no way.
  for (const group of document.querySelectorAll<HTMLElement>('.group')) {
    const forms = Array.from(group.querySelectorAll('form'));
    if (forms.length > 0 && forms.every((form) => form.hidden)) group.hidden = true;
  }
}

/** The newest key that belongs to somebody; a phone rarely holds two. */
async function offerKeys(form: HTMLFormElement): Promise<void> {
  const key = (await deviceKeys()).filter(({ personId }) => personId !== '').pop();
  const button = form.querySelector('button');
  if (!key || !button) return;
  button.textContent = (button.dataset.template ?? '').replace('{{name}}', key.name);
  form.hidden = false;
  onSubmit(form, async () => {
    await signIn(key.deviceId);
    location.assign(form.dataset.next ?? '/');
  });
}

async function signIn(deviceId: string): Promise<void> {
  const key = await deviceKey(deviceId);
  if (!key) throw new Error('the key is gone');
  const { personId } = key;
  await send('POST', '/api/sign-in/device', { personId, deviceId, ...(await proveDevice(key)) });
}

async function askToEnrol(form: HTMLFormElement): Promise<void> {
  const displayName = form.querySelector<HTMLInputElement>('[name=displayName]')?.value.trim() ?? '';
  if (displayName === '')
    return Promise.reject(new Problem({ title: say('required'), status: 422, slug: 'body-invalid' }));
  const { org, invite } = form.dataset;
  const id = newId();
  const key = await makeDeviceKey('', displayName);
  await send('PUT', `/api/enrolments/${id}`, {
    org,
    invite,
    displayName,
    deviceId: key.deviceId,
    publicKey: key.publicKey,
    ...(await proveDevice(key)),
  });
  await keepDeviceKey(key);
  location.assign(`/enrolling/${id}`);
}

function isConfirmed(state: unknown): state is { readonly confirmed: true; readonly personId: string } {
  return typeof state === 'object' && state !== null && 'confirmed' in state && state.confirmed === true;
}

/** Asks until the supervisor has confirmed, then signs in as the person this phone now belongs to. */
async function waitFor(place: HTMLElement): Promise<void> {
  const { enrolling: id = '', device = '', next = '/' } = place.dataset;
  for (;;) {
    const state = await send('GET', `/api/enrolments/${id}`).catch((error: unknown) => error);
    // Over, or never there: the page itself says so.
    if (state instanceof Problem) return location.reload();
    if (isConfirmed(state)) {
      const key = await deviceKey(device);
      if (!key) return;
      await keepDeviceKey({ ...key, personId: state.personId });
      await signIn(device);
      location.assign(next);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
