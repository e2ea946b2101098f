/** The position, read for a punch and at no other time. The only module that reads one. */
import type { Place, Position } from './sign-punch.ts';

/** Long enough for a cold GPS, and as long as the notice promises. */
const patienceMs = 15_000;
/** The server takes no coarser one. */
const coarsestMetres = 100_000;

/** The best fix within the time, watching no longer than needed. `progress` hears how exact it is so far. */
export function readPosition(accurateMetres: number, progress: (metres: number) => void): Promise<Place> {
  if (!navigator.geolocation) return Promise.resolve({ noPosition: 'unavailable' });
  return new Promise((resolve) => {
    let best: Position | undefined;
    const done = (without: 'denied' | 'unavailable' | 'timed-out') => {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(timer);
      resolve(best ? { position: best } : { noPosition: without });
    };
    const timer = setTimeout(() => done('timed-out'), patienceMs);
    const watch = navigator.geolocation.watchPosition(
      (fix) => {
        const found = positionOf(fix);
        if (!best || found.accuracyMetres < best.accuracyMetres) best = found;
        progress(best.accuracyMetres);
        if (best.accuracyMetres <= accurateMetres) done('timed-out');
      },
      ({ code }) => done(code === 1 ? 'denied' : code === 3 ? 'timed-out' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 0, timeout: patienceMs },
    );
  });
}

function positionOf({ coords, timestamp }: GeolocationPosition): Position {
  const { latitude: lat, longitude: lng, accuracy } = coords;
  const age = Math.round(Date.now() - timestamp);
  return {
    lat,
    lng,
    accuracyMetres: Math.min(coarsestMetres, Math.round(accuracy)),
    datum: 'unstated',
    ageMs: Math.min(patienceMs, Math.max(0, age)),
  };
}
