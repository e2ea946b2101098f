/** Pictures and files: made small enough for a phone's network, named by their digest, sent once. */
import { sha256 } from './digest.ts';
import { sendBytes } from './http.ts';

const keptBytesMax = 2 * 1024 * 1024;
const edgeMax = 2000;
const kept = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
const sent = new WeakMap<File, Promise<string>>();

/** Answers the `fileId`. The same file is sent once, however often its form is. */
export function sendFile(org: string, file: File): Promise<string> {
  const known = sent.get(file);
  if (known !== undefined) return known;
  const sending = upload(org, file);
  sent.set(file, sending);
  sending.catch(() => sent.delete(file));
  return sending;
}

async function upload(org: string, file: File): Promise<string> {
  const blob = await shrunk(file);
  const name = await sha256(await blob.arrayBuffer());
  const answer = await sendBytes(`/api/orgs/${org}/files/${name}`, blob);
  return String(answer.fileId);
}

/** A camera's photo at a size that still shows every letter of a document; anything else as it is. */
export async function shrunk(file: File): Promise<Blob> {
  const picture = file.type.startsWith('image/');
  if (!picture || (file.size <= keptBytesMax && kept.includes(file.type))) return file;
  const address = URL.createObjectURL(file);
  try {
    // An <img> turns the picture as its camera was held, in every browser we serve; createImageBitmap does not.
    const image = new Image();
    image.src = address;
    await image.decode();
    return (await drawn(image)) ?? file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function drawn(image: HTMLImageElement): Promise<Blob | null> {
  const scale = Math.min(1, edgeMax / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86));
}
