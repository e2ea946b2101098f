/** The inbox: following a notice reads it. The answer is not waited for; what is lost stays unread. */
import { send } from './lib/http.ts';

for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-reading]'))
  link.addEventListener('click', () => {
    void send('PUT', link.dataset.reading ?? '', {}).catch(() => undefined);
  });
