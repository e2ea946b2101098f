/** Checks a chosen contract on this very device and says what was found. Nothing is sent anywhere. */
import { sentenceOf } from '../../seal/verify-words.ts';
import { locale } from './lib/words.ts';

const box = document.querySelector<HTMLElement>('[data-verify]');
if (box) {
  const input = box.querySelector<HTMLInputElement>('input[type=file]');
  input?.addEventListener('change', () => void check(box, input.files?.[0]));
  box.addEventListener('dragover', (event) => event.preventDefault());
  box.addEventListener('drop', (event) => {
    event.preventDefault();
    void check(box, event.dataTransfer?.files[0]);
  });
}

async function check(place: HTMLElement, file: File | undefined): Promise<void> {
  const shown = place.querySelector<HTMLElement>('[data-verdict]');
  if (!file || !shown) return;
  const { authority = '', sayChecking = '', sayUnreadable = '' } = place.dataset;
  shown.replaceChildren(element('p', sayChecking));
  try {
    // The readers of PDF and of keys are large: they come when somebody asks.
    const { verifySealedContract } = await import('../../seal/verify.ts');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const found = await verifySealedContract(bytes, authority ? { authorityDigest: authority } : {});
    const say = (said: Parameters<typeof sentenceOf>[0]) => sentenceOf(said, locale);
    const verdict = element('div', '', `notice notice-${found.ok ? 'good' : 'bad'}`);
    verdict.append(
      element('strong', (found.ok ? place.dataset.sayGood : place.dataset.sayBad) ?? ''),
      element('p', say(found.verdict)),
    );
    const checks = element('ul', '', 'verify-checks');
    for (const one of found.checks)
      checks.append(element('li', `${one.ok ? '✓' : '✗'} ${say(one)}`, one.ok ? 'is-good' : 'is-bad'));
    const unproven = element('ul', '', 'verify-checks');
    for (const one of found.notProven) unproven.append(element('li', say(one)));
    shown.replaceChildren(
      verdict,
      element('h2', place.dataset.sayChecks ?? ''),
      checks,
      element('h2', place.dataset.sayNotProven ?? ''),
      unproven,
    );
  } catch {
    shown.replaceChildren(element('p', sayUnreadable));
  }
}

function element(name: string, text: string, className?: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
