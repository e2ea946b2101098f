/** What browsers load is built once for all files of tests, before any of them. */
import { buildClient } from '../../../build-client.mjs';

export default async function setup(): Promise<void> {
  await buildClient();
}
