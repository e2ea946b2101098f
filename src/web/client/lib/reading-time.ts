/** When a document was opened and how long each page of it was in view: this browser's word, no proof. */
export interface ReadingTime {
  readonly openedAt: string;
  readonly pages: readonly { readonly page: number; readonly seconds: number }[];
}

const tickMs = 500;

/** Counts while at least a third of a page, or a third of the window, shows it and the tab is in front. */
export function watchReading(): { watch: (page: Element, number: number) => void; read: () => ReadingTime } {
  const openedAt = new Date().toISOString();
  const spent = new Map<number, number>();
  const seen = new Set<number>();
  const numbers = new WeakMap<Element, number>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect } of entries) {
        const number = numbers.get(target) ?? 0;
        const shows = intersectionRatio >= 0.33 || intersectionRect.height >= window.innerHeight / 3;
        if (shows) seen.add(number);
        else seen.delete(number);
      }
    },
    { threshold: [0, 0.1, 0.33, 0.66, 1] },
  );
  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    for (const number of seen) spent.set(number, (spent.get(number) ?? 0) + tickMs);
  }, tickMs);
  return {
    watch: (page, number) => {
      numbers.set(page, number);
      observer.observe(page);
    },
    read: () => ({
      openedAt,
      pages: [...spent]
        .sort(([a], [b]) => a - b)
        .slice(0, 300)
        .map(([page, ms]) => ({ page, seconds: Math.min(86_400, Math.round(ms / 1000)) })),
    }),
  };
}
