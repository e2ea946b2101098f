/** The demo's own server on loopback: the product as it is, and in front of it the sign-in links that only the demo's terminal shows. */
import { createServer, type Server } from 'node:http';
import { type HttpBindings, serve } from '@hono/node-server';
import { front } from '../../src/app.ts';
import { cookieOf, openSession } from '../../src/http/session.ts';
import { randomToken } from '../../src/kernel/digest.ts';
import type { Service } from '../../src/node-service.ts';
import { openStaticFiles } from '../../src/static-files.ts';

export interface Door {
  readonly origin: string;
  /** A link that signs a person in, good once. `used` is told, so that another one can be shown. */
  linkFor(personId: string, next: string, used: () => void): string;
  close(): Promise<void>;
}

interface Link {
  readonly personId: string;
  readonly next: string;
  readonly used: () => void;
}

const prefix = '/demo/';

export async function openDoor(service: Service, publicFolder: string, port: number): Promise<Door> {
  const links = new Map<string, Link>();
  const files = openStaticFiles(publicFolder);
  const origin = service.context.publicUrl;
  const signIn = (path: string): Response | undefined => {
    const token = path.slice(prefix.length);
    const link = links.get(token);
    if (!link)
      return new Response('This link has been used. The terminal shows the next one.\n', { status: 410 });
    links.delete(token);
    link.used();
    const session = openSession(
      service.secrets.session,
      { personId: link.personId, grade: 'A' },
      service.context.clock(),
    );
    return new Response(null, {
      status: 303,
      headers: { location: link.next, 'set-cookie': cookieOf(session, false), 'cache-control': 'no-store' },
    });
  };
  const answer = (request: Request, { incoming }: HttpBindings) => {
    const { pathname, hostname, search } = new URL(request.url);
    // Passkeys and cookies belong to the name, so nobody looks around under an address.
    if (hostname !== 'localhost' && request.method === 'GET')
      return new Response(null, { status: 307, headers: { location: `${origin}${pathname}${search}` } });
    if (pathname.startsWith(prefix) && request.method === 'GET') return signIn(pathname);
    return files(incoming) ?? front.fetch(request, service.context);
  };
  const server = await new Promise<Server>((done, fail) => {
    const fetch = answer as (request: Request, env: unknown) => Response | Promise<Response>;
    // Who asks runs in this process too and may be busy for a while: a connection outlasts that.
    const serverOptions = { keepAliveTimeout: 65_000 };
    const opened = serve({ fetch, port, hostname: '127.0.0.1', serverOptions }, () => done(opened)) as Server;
    opened.once('error', fail);
  });
  return {
    origin,
    linkFor(personId, next, used) {
      const token = randomToken(24);
      links.set(token, { personId, next, used });
      return `${origin}${prefix}${token}`;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The address is part of the product's settings, so a port is chosen before it starts. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
