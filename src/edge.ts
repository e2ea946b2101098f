/** The Cloudflare entry: what `wrangler.toml` names, on the real clock. */
import { edgeService } from './edge-service.ts';
import { instantOf } from './kernel/time.ts';

const service = edgeService({ clock: () => instantOf(Date.now()) });

export const { CellObject, DirectoryObject, DeploymentObject, RendererEntrypoint } = service;
export default service.worker;
