/** The number that a shape has in its form, shown on the map where there are several. */
import type { Path } from './leaflet.ts';

export function numberTip(shape: Path, text: string, direction: 'center' | 'bottom' = 'center'): void {
  shape.unbindTooltip();
  if (text === '') return;
  const label = document.createElement('span');
  label.textContent = text;
  shape.bindTooltip(label, { permanent: true, direction, className: 'map-name' });
}
