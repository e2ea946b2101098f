/** A contract's pages drawn from the bytes whose digest is signed, and the signature by passkey or by this phone's key. */
import { sha256 } from './lib/digest.ts';
import { showSummary } from './lib/faults.ts';
import { Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { drawPage, openPdf } from './lib/pdf.ts';
import { proofOver, type ToProve } from './lib/prove.ts';
import { watchReading } from './lib/reading-time.ts';
import { type Drawing, padOf } from './lib/signature-pad.ts';
import { say } from './lib/words.ts';

interface Opened extends ToProve {
  readonly record: { readonly documentDigest: string; readonly contract: string };
}

const pages = document.querySelector<HTMLElement>('[data-contract-pages]');
const form = document.querySelector<HTMLFormElement>('form[data-sign]');
const reading = form ? watchReading() : undefined;
let drawn: () => Drawing | undefined = () => undefined;
if (pages) void show(pages);
// Sealing takes a moment and happens elsewhere.
if (pages?.dataset.state === 'signed') setTimeout(() => location.reload(), 4000);

async function show(box: HTMLElement): Promise<void> {
  const { document: address = '', digest = '', sayDrawing = '' } = box.dataset;
  const progress = box.querySelector<HTMLElement>('.pdf-progress');
  const tell = (text: string) => {
    if (progress) progress.textContent = text;
  };
  try {
    const answer = await fetch(address, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if ((await sha256(bytes)) !== digest) return tell(box.dataset.sayDiffers ?? '');
    const pdf = await openPdf(bytes);
    for (let number = 1; number <= pdf.numPages; number += 1) {
      tell(sayDrawing.replace('{{page}}', String(number)).replace('{{pages}}', String(pdf.numPages)));
      const canvas = canvasOf(box, number, pdf.numPages);
      await drawPage(pdf, number, canvas);
      reading?.watch(canvas, number);
    }
    box.dataset.shown = digest;
    tell(box.dataset.sayChecked ?? '');
    if (form) makeReady(form, digest);
  } catch {
    tell(box.dataset.sayUnreadable ?? '');
  }
}

function canvasOf(box: HTMLElement, number: number, of: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${number} / ${of}`);
  box.append(canvas);
  return canvas;
}

/** Only what was shown can be signed, and only after the box was ticked. */
function makeReady(signForm: HTMLFormElement, shownDigest: string): void {
  const button = signForm.querySelector<HTMLButtonElement>('button[type=submit]');
  const consent = signForm.querySelector<HTMLInputElement>('[name=consent]');
  if (!button || !consent) return;
  button.textContent = button.dataset.ready ?? '';
  const pad = signForm.querySelector<HTMLCanvasElement>('canvas[data-pad]');
  if (pad) drawn = padOf(pad, signForm.querySelector<HTMLButtonElement>('[data-clear-pad]'));
  const follow = () => {
    button.disabled = !consent.checked;
  };
  consent.addEventListener('change', follow);
  follow();
  // One signature and one nonce a page: a second click after a lost answer is the same signature.
  const ids = { signature: newId(), nonce: newId() };
  signForm.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    button.classList.add('is-busy');
    sign(signForm, shownDigest, ids)
      .then(() => location.reload())
      .catch((error: unknown) => {
        button.classList.remove('is-busy');
        follow();
        // A closed passkey dialog is a change of mind.
        if (error instanceof Error && error.name === 'NotAllowedError') return;
        if (error instanceof Problem && error.body.slug === 'nonce-spent') ids.nonce = newId();
        showSummary(signForm, [whyNot(error)]);
      });
  });
}

class AnotherDocument extends Error {}

function whyNot(error: unknown): string {
  if (error instanceof AnotherDocument) return pages?.dataset.sayDiffers ?? '';
  return error instanceof Problem ? error.body.title : say('offline');
}

async function sign(
  signForm: HTMLFormElement,
  shownDigest: string,
  ids: { signature: string; nonce: string },
): Promise<void> {
  const { org = '', contract = '', role = '' } = signForm.dataset;
  const path = `/api/orgs/${org}/contracts/${contract}`;
  const opened = (await send('PUT', `${path}/nonces/${ids.nonce}`, { role })) as unknown as Opened;
  // The phone checks for itself that what it is about to sign names what it showed.
  const honest =
    opened.record.documentDigest === shownDigest &&
    opened.record.contract === contract &&
    opened.text.includes(shownDigest) &&
    (await sha256(new TextEncoder().encode(opened.text))) === opened.digest;
  if (!honest) throw new AnotherDocument();
  const drawing = drawn();
  await send('PUT', `${path}/signatures/${ids.signature}`, {
    role,
    nonce: ids.nonce,
    proof: await proofOver(opened),
    ...(reading ? { reading: reading.read() } : {}),
    ...(drawing ? { drawing } : {}),
  });
}
