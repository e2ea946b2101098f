/** Many contracts signed at once: every chosen one is fetched and compared here, the root is computed here, and the key signs that root. */
import { merkleRoot } from '../../kernel/merkle.ts';
import { sha256 } from './lib/digest.ts';
import { showSummary } from './lib/faults.ts';
import { NoAnswer, Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { proofOver, type ToProve } from './lib/prove.ts';
import { say } from './lib/words.ts';

interface Opened extends ToProve {
  readonly record: { readonly root: string; readonly size: number };
  readonly contracts: readonly {
    readonly id: string;
    readonly documentDigest: string;
    readonly text: string;
  }[];
}
interface Answered {
  readonly contractId: string;
  readonly signed: boolean;
  readonly title?: string;
}

class Differs extends Error {}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-batch]')) begin(form);

function begin(form: HTMLFormElement): void {
  const boxes = Array.from(form.querySelectorAll<HTMLInputElement>('input[data-contract]'));
  const consent = form.querySelector<HTMLInputElement>('[name=consent]');
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (!button || !consent) return;
  const chosen = () => boxes.filter(({ checked, disabled }) => checked && !disabled);
  // The same choice sent again is the same batch.
  let id = newId();
  const follow = () => {
    button.disabled = chosen().length === 0 || !consent.checked;
    button.textContent = (form.dataset.saySubmit ?? '').replace('{{count}}', String(chosen().length));
  };
  form.addEventListener('change', (event) => {
    if (event.target !== consent) id = newId();
    follow();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled || form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    button.disabled = true;
    signAll(
      form,
      id,
      chosen().map(({ dataset }) => dataset.contract ?? ''),
    )
      .catch((error: unknown) => {
        tell(form, '');
        // A closed passkey dialog is a change of mind.
        if (error instanceof Error && error.name === 'NotAllowedError') return;
        showSummary(form, [whyNot(form, error)]);
        if (error instanceof Problem && error.body.slug === 'nonce-spent') id = newId();
        else if (!(error instanceof Problem || error instanceof NoAnswer || error instanceof Differs))
          throw error;
      })
      .finally(() => {
        form.setAttribute('aria-busy', 'false');
        follow();
      });
  });
  follow();
}

function whyNot(form: HTMLFormElement, error: unknown): string {
  if (error instanceof Differs) return form.dataset.sayDiffers ?? '';
  return error instanceof Problem ? error.body.title : say('offline');
}

function tell(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>('[data-progress]');
  if (place) place.textContent = text;
}

async function signAll(form: HTMLFormElement, id: string, contractIds: readonly string[]): Promise<void> {
  const { api = '', sayReading = '', saySigning = '' } = form.dataset;
  const opened = (await send('PUT', `${api}/contract-batches/${id}`, { contractIds })) as unknown as Opened;
  for (const [index, contract] of opened.contracts.entries()) {
    const done = sayReading.replace('{{done}}', String(index + 1));
    tell(form, done.replace('{{all}}', String(opened.contracts.length)));
    await compare(`${api}/contracts/${contract.id}/document?revision=offer`, contract);
  }
  const root = await merkleRoot(opened.contracts.map(({ text }) => text));
  const isHonest =
    opened.contracts.map((one) => one.id).join() === contractIds.join() &&
    opened.record.root === root &&
    opened.text.includes(root) &&
    (await sha256(new TextEncoder().encode(opened.text))) === opened.digest;
  if (!isHonest) throw new Differs();
  tell(form, saySigning);
  const answer = await send('PUT', `${api}/contract-batches/${id}/signature`, {
    proof: await proofOver(opened),
  });
  const results = (answer.contracts ?? []) as unknown as Answered[];
  if (results.every(({ signed }) => signed)) return location.assign(form.dataset.next ?? '.');
  tell(form, '');
  for (const result of results) show(form, result);
}

/** What the key will answer for names the very bytes that the server gives out as this contract. */
async function compare(address: string, contract: Opened['contracts'][number]): Promise<void> {
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) throw new Differs();
  const digest = await sha256(new Uint8Array(await answer.arrayBuffer()));
  const names = contract.text.includes(digest) && contract.text.includes(contract.id);
  if (digest !== contract.documentDigest || !names) throw new Differs();
}

function show(form: HTMLFormElement, { contractId, signed, title = '' }: Answered): void {
  const place = form.querySelector<HTMLElement>(`[data-result="${CSS.escape(contractId)}"]`);
  const box = form.querySelector<HTMLInputElement>(`input[data-contract="${CSS.escape(contractId)}"]`);
  if (place) {
    place.textContent = signed ? (form.dataset.saySigned ?? '') : title;
    place.className = `badge ${signed ? 'badge-good' : 'badge-bad'}`;
  }
  if (!box) return;
  box.checked = false;
  box.disabled = signed;
}
