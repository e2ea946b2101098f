/** Approves a pay run: the signer's own device checks that what it signs is what the page shows. */
import { sha256 } from './lib/digest.ts';
import { showSummary } from './lib/faults.ts';
import { Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { proofOver, type ToProve } from './lib/prove.ts';
import { say } from './lib/words.ts';

interface Opened extends ToProve {
  readonly record: { readonly run: string; readonly calculationDigest: string; readonly netMinor: number };
}

class AnotherRun extends Error {}

const form = document.querySelector<HTMLFormElement>('form[data-approve-run]');
if (form) makeReady(form);

function makeReady(place: HTMLFormElement): void {
  const button = place.querySelector<HTMLButtonElement>('button[type=submit]');
  // One nonce a page: a second click after a lost answer is the same approval.
  let nonce = newId();
  place.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button || button.disabled) return;
    button.disabled = true;
    button.classList.add('is-busy');
    approve(place, nonce)
      .then(() => location.reload())
      .catch((error: unknown) => {
        button.disabled = false;
        button.classList.remove('is-busy');
        // A closed passkey dialog is a change of mind.
        if (error instanceof Error && error.name === 'NotAllowedError') return;
        if (error instanceof Problem && error.body.slug === 'nonce-spent') nonce = newId();
        const differs = error instanceof AnotherRun ? place.dataset.sayDiffers : undefined;
        showSummary(place, [differs ?? (error instanceof Problem ? error.body.title : say('offline'))]);
      });
  });
}

async function approve(place: HTMLFormElement, nonce: string): Promise<void> {
  const { org = '', approveRun: run = '', calculation: calculationId = '', digest = '', net } = place.dataset;
  const path = `/api/orgs/${org}/pay-runs/${run}`;
  const seen = { calculationId, digest };
  const opened = (await send('PUT', `${path}/approval-nonces/${nonce}`, seen)) as unknown as Opened;
  const honest =
    opened.record.run === run &&
    opened.record.calculationDigest === digest &&
    String(opened.record.netMinor) === net &&
    opened.text.includes(digest) &&
    (await sha256(new TextEncoder().encode(opened.text))) === opened.digest;
  if (!honest) throw new AnotherRun();
  await send('PUT', `${path}/approval`, { ...seen, nonce, proof: await proofOver(opened) });
}
