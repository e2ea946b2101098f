/** The product in workerd on a movable clock. Tests run in the same isolate, so they share this module. */
import { edgeService } from '../../src/edge-service.ts';
import { instantOf } from '../../src/kernel/time.ts';

let now = Date.now();

export function moveTo(at: string): void {
  now = Date.parse(at);
}

const service = edgeService({ clock: () => instantOf(now) });

export const { CellObject, DirectoryObject, DeploymentObject } = service;
export default service.worker;
