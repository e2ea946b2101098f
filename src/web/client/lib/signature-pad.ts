/** A field to draw one's name in, kept as strokes: decoration beside the signature, never the proof. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
}

const pointsMost = 3000;

/** Answers how to read what was drawn; undefined while it is empty. */
export function padOf(canvas: HTMLCanvasElement, clear: HTMLButtonElement | null): () => Drawing | undefined {
  const strokes: [number, number][][] = [];
  let points = 0;
  let current: [number, number][] | undefined;
  const pen = canvas.getContext('2d');
  const fit = () => {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    pen?.scale(ratio, ratio);
    redraw();
  };
  const redraw = () => {
    if (!pen) return;
    pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    pen.lineWidth = 2.2;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#1a2430';
    for (const stroke of strokes) {
      pen.beginPath();
      for (const [x, y] of stroke) pen.lineTo(x, y);
      const [first] = stroke;
      if (stroke.length === 1 && first) pen.lineTo(first[0] + 0.1, first[1]);
      pen.stroke();
    }
  };
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    const within = (value: number, most: number) => Math.round(Math.max(0, Math.min(most, value)));
    return [within(event.clientX - box.left, box.width), within(event.clientY - box.top, box.height)];
  };
  canvas.addEventListener('pointerdown', (event) => {
    if (points >= pointsMost || strokes.length >= 100) return;
    canvas.setPointerCapture(event.pointerId);
    current = [at(event)];
    strokes.push(current);
    points += 1;
    redraw();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!current || points >= pointsMost) return;
    current.push(at(event));
    points += 1;
    redraw();
  });
  const end = () => {
    current = undefined;
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  clear?.addEventListener('click', () => {
    strokes.length = 0;
    points = 0;
    redraw();
  });
  // Inside of a closed details it has no size yet.
  new ResizeObserver(() => {
    if (strokes.length === 0) fit();
  }).observe(canvas);
  return () =>
    strokes.length === 0
      ? undefined
      : {
          width: Math.max(1, Math.round(canvas.clientWidth)),
          height: Math.max(1, Math.round(canvas.clientHeight)),
          strokes,
        };
}
