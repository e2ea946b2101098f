/** The product in workerd on a movable clock, with messages that are kept. Tests run in the same isolate, so they share this module. */
import { edgeService } from '../../src/edge-service.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { keptMessages } from '../support/messages.ts';

let now = Date.now();

export function moveTo(at: string): void {
  now = Date.parse(at);
}

const { messages, codeTo: codeSentTo } = keptMessages();
/** The last code that went to an address. */
export const codeTo = codeSentTo;

const service = edgeService({ clock: () => instantOf(now), messages });

export const { CellObject, DirectoryObject, DeploymentObject, RendererEntrypoint } = service;
export default service.worker;
