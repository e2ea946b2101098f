/** The camera that reads cards: on a supervisor's phone and on the site's tablet. The client module `lib/card-reader` runs it. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { gateWords } from './words.ts';

export const CardReader: FC<{ locale: Locale }> = ({ locale }) => {
  const say = gateWords(locale);
  return (
    <div
      class="card-reader"
      data-card-reader
      data-say-hold={say('cameraHold')}
      data-say-denied={say('cameraDenied')}
      data-say-none={say('cameraNone')}
    >
      <video playsinline muted aria-label={say('camera')} hidden />
      <button type="button" class="button button-primary" data-camera-start>
        {say('cameraStart')}
      </button>
      <p role="status" data-camera-note />
    </div>
  );
};
