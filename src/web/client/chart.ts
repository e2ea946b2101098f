/** Bars by uPlot; what each holds is read below the chart by pointing at it. The page has the same as a table. */
import UPlot from 'uplot';

interface Bars {
  readonly labels: readonly string[];
  readonly hours: readonly number[];
  readonly texts: readonly string[];
}

for (const place of document.querySelectorAll<HTMLElement>('[data-bars]')) {
  const read = document.createElement('p');
  read.className = 'bars-read';
  let drawn = draw(place, read);
  place.after(read);
  const again = () => {
    drawn.destroy();
    drawn = draw(place, read);
  };
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - drawn.width) > 1) again();
  }).observe(place);
  // A canvas does not follow the style sheet by itself.
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
}

function draw(place: HTMLElement, read: HTMLElement): UPlot {
  const { labels, hours, texts } = JSON.parse(place.dataset.bars ?? '{}') as Bars;
  const style = getComputedStyle(place);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: colour('--ink-2'), font, labelFont: font, ticks: { show: false } };
  const last = texts[texts.length - 1] ?? '';
  read.textContent = last;
  return new UPlot(
    {
      width: place.clientWidth,
      height: 220,
      legend: { show: false },
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: [-0.6, labels.length - 0.4] },
        y: { range: (_, __, max) => [0, max] },
      },
      axes: [
        {
          ...axis,
          size: 28,
          grid: { show: false },
          splits: () => labels.map((_, index) => index),
          // From today backwards, so that today is always named.
          values: (u) => {
            const each = Math.ceil((labels.length * 44) / u.width);
            return labels.map((label, index) => ((labels.length - 1 - index) % each === 0 ? label : ''));
          },
        },
        { ...axis, size: 44, grid: { stroke: colour('--line'), width: 1 } },
      ],
      series: [
        {},
        {
          fill: colour('--brand'),
          width: 0,
          points: { show: false },
          ...(UPlot.paths.bars ? { paths: UPlot.paths.bars({ size: [0.62, 48], radius: 0.12 }) } : {}),
        },
      ],
      hooks: {
        setCursor: [
          ({ cursor: { idx } }) => {
            read.textContent = texts[idx ?? texts.length - 1] ?? last;
          },
        ],
      },
    },
    [labels.map((_, index) => index), [...hours]],
    place,
  );
}
