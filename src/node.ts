/** Node entry: settings from the environment, one server, a graceful end. */
import { fileURLToPath } from 'node:url';
import { FolderInUse } from './cell/node-lock.ts';
import { ConfigError, isAddress, parseConfig } from './config.ts';
import { DomainMoved, openService, type Service } from './node-service.ts';

async function main(): Promise<void> {
  // Whatever is made below is for its owner's eyes.
  process.umask(0o077);
  const config = parseConfig(process.env);
  const publicFolder = fileURLToPath(new URL('./public', import.meta.url));
  const rendererScript = fileURLToPath(new URL('./renderer-thread.js', import.meta.url));
  const service = await openService(config, { publicFolder, rendererScript });
  const port = await service.listen();
  console.log(`Workcard listens on http://${config.host}:${port} — open ${config.publicUrl}`);
  const setupUrl = service.setupUrl();
  if (setupUrl) console.log(`Set it up, once, with this link: ${setupUrl}`);
  if (isAddress(config.rpId))
    console.warn('PUBLIC_URL is an address: browsers allow no passkeys there. Use a name.');
  stopOnSignal(service);
}

function stopOnSignal(service: Service): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void service.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || error instanceof FolderInUse || error instanceof DomainMoved;
  const code = (error as { code?: string }).code;
  if (expected) console.error(error.message);
  else if (code === 'EADDRINUSE') console.error('The port is in use. Set PORT to another one.');
  else console.error(error);
  process.exit(expected || code === 'EADDRINUSE' ? 2 : 1);
});
