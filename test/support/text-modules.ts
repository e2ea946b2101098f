/** SQL and Markdown as text modules, as esbuild and wrangler give them. */
import { readFileSync } from 'node:fs';

export const textModules = {
  name: 'text-modules',
  enforce: 'pre' as const,
  load(id: string) {
    return /\.(sql|md)$/.test(id) ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined;
  },
};
