/** Somebody who may see every site. */
import type { Standing } from '../../src/employer/standing.ts';

export const everything: Standing = { roles: [{ role: 'hr', siteId: null, clientId: null }] };
