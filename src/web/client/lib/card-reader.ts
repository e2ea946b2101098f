/**
 * Reads QR codes from the camera: with the browser's own detector where there is one, else with a decoder of ours.
 * Nothing of the picture leaves the page but a frame that somebody asks for.
 */
import decodeQr from 'qr/decode.js';

interface Detector {
  detect(source: HTMLCanvasElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface Detectors {
  readonly BarcodeDetector?: {
    new (options: { formats: readonly string[] }): Detector;
    getSupportedFormats(): Promise<readonly string[]>;
  };
}
export interface CardReader {
  start(): Promise<void>;
  /** While paused the picture runs on and nothing is read. */
  pause(paused: boolean): void;
  /** A small picture of what the camera sees; undefined while it is off. */
  frame(): string | undefined;
}

const everyMs = 180;
/** Enough for the densest code of ours at arm's length, and quick on an old tablet. */
const edgeMax = 960;
const sameAgainMs = 5_000;
const frameEdge = 480;

/** `facing`: the camera to ask for. `onCard` gets each text once, and again only after a while. */
export function openCardReader(
  place: HTMLElement,
  facing: 'user' | 'environment',
  onCard: (text: string) => void,
): CardReader {
  const video = place.querySelector('video');
  const note = place.querySelector<HTMLElement>('[data-camera-note]');
  const button = place.querySelector<HTMLButtonElement>('[data-camera-start]');
  const canvas = document.createElement('canvas');
  let paused = false;
  let last = { text: '', at: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (text: string | undefined) => {
    if (note) note.textContent = text ?? '';
  };
  const look = async (detector: Detector | undefined) => {
    if (!paused && !document.hidden && video && video.readyState >= 2) {
      const text = await readFrame(video, canvas, detector);
      const now = performance.now();
      if (text && !paused && (text !== last.text || now - last.at > sameAgainMs)) {
        last = { text, at: now };
        onCard(text);
      }
    }
    timer = setTimeout(() => void look(detector), everyMs);
  };
  const start = async () => {
    if (!video || !navigator.mediaDevices?.getUserMedia) return tell(place.dataset.sayNone);
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      video.hidden = false;
      await video.play();
    } catch (error) {
      const isDenied = error instanceof DOMException && error.name === 'NotAllowedError';
      return tell(isDenied ? place.dataset.sayDenied : place.dataset.sayNone);
    }
    if (button) button.hidden = true;
    tell(place.dataset.sayHold);
    clearTimeout(timer);
    void look(await ownDetector());
  };
  button?.addEventListener('click', () => void start());
  return {
    start,
    pause: (is) => {
      paused = is;
    },
    frame: () => (video && video.readyState >= 2 ? pictureOf(video) : undefined),
  };
}

async function ownDetector(): Promise<Detector | undefined> {
  const { BarcodeDetector } = window as unknown as Detectors;
  const formats = await BarcodeDetector?.getSupportedFormats().catch(() => []);
  return BarcodeDetector && (formats as readonly string[] | undefined)?.includes('qr_code')
    ? new BarcodeDetector({ formats: ['qr_code'] })
    : undefined;
}

async function readFrame(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  detector: Detector | undefined,
): Promise<string | undefined> {
  const pen = draw(video, canvas, edgeMax);
  if (!pen) return undefined;
  try {
    if (detector) return (await detector.detect(canvas))[0]?.rawValue;
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return decodeQr({ data, width, height });
  } catch {
    // No code in this frame.
    return undefined;
  }
}

function draw(video: HTMLVideoElement, canvas: HTMLCanvasElement, edge: number) {
  const scale = Math.min(1, edge / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (canvas.width > 0) pen?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas.width > 0 ? pen : null;
}

/** Base64 of a JPEG: a face one recognises, and no more. */
function pictureOf(video: HTMLVideoElement): string | undefined {
  const canvas = document.createElement('canvas');
  if (!draw(video, canvas, frameEdge)) return undefined;
  return canvas.toDataURL('image/jpeg', 0.7).split(',')[1];
}
