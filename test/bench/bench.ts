/** Requests a second and p99 of a bare echo, a bare committed row, and this product's punch, from one run on one machine. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { newId } from '../../src/web/client/lib/id.ts';
import { type Outcome, runLoad } from './load.ts';
import { measureMonth } from './month.ts';
import { type Next, punchBody, punchesOf, queuesOf, request, signedPunchesOf } from './requests.ts';
import type { Puncher } from './seed.ts';

const connections = 64;
const warmUpSeconds = 1.5;
const seconds = 6;
const memoryPunches = 1_000_000;
/** More than a connection can send in the time. */
const signedEach = 900;
const queuedEach = 10;
const queuedPunches = 10_000;

const requestsOf: Readonly<Record<string, (punchers: readonly Puncher[]) => Next>> = {
  echo: () => {
    const text = request('GET', '/echo', '');
    return () => text;
  },
  bareRow: () => () => request('PUT', `/rows/${newId()}`, punchBody('bare', 'bare', 'in')),
  punch: (punchers) => punchesOf(punchers, connections),
  signedPunch: (punchers) => signedPunchesOf(punchers, connections, signedEach),
  sync: (punchers) => queuesOf(punchers, connections, queuedEach),
  punch200: (punchers) => punchesOf(punchers, connections),
  memory: (punchers) => punchesOf(punchers, connections),
};

interface Memory {
  readonly rssBytes: number;
  readonly cellBytes: number;
  /** Of the server alone, all threads, since it started. */
  readonly cpuMicroseconds: number;
}

async function measure(name: string): Promise<Outcome & Memory> {
  const server = fork(fileURLToPath(new URL('./bench-server.js', import.meta.url)), [name], {
    execArgv: process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [],
  });
  const heard = <T>() => new Promise<T>((done) => server.once('message', (message) => done(message as T)));
  const { port, punchers } = await heard<{ port: number; punchers: Puncher[] }>();
  const next = requestsOf[name]?.(punchers);
  if (!next) throw new Error(`nothing to send to ${name}`);
  const memory = () => {
    const answer = heard<Memory>();
    server.send('memory');
    return answer;
  };
  const before = await memory();
  const requests = { memory: memoryPunches, sync: queuedPunches }[name];
  const bounds = requests ? { requests } : { seconds, warmUpSeconds };
  const outcome = await runLoad({ port, connections, next, ...bounds });
  const after = await memory();
  const ended = new Promise((done) => server.once('exit', done));
  server.send('stop');
  await ended;
  if (outcome.failed > 0) throw new Error(`${name}: ${outcome.failed} requests failed`);
  return {
    ...outcome,
    rssBytes: after.rssBytes,
    cellBytes: after.cellBytes - before.cellBytes,
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / outcome.sent,
  };
}

const usual = ['echo', 'bareRow', 'punch', 'signedPunch', 'sync', 'punch200'];
const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in requestsOf) && name !== 'month');
if (unknown.length > 0)
  throw new Error(
    `no bench ${unknown.join(', ')}; there are ${[...Object.keys(requestsOf), 'month'].join(', ')}`,
  );

const figures: Record<string, Record<string, number>> = {};
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
console.log(`${connections} connections, ${process.version}, client and server on this machine\n`);
console.log(
  `${'what'.padEnd(12)}${'requests/s'.padStart(12)}${'p99 ms'.padStart(10)}${'server MB'.padStart(11)}${'CPU µs each'.padStart(13)}`,
);
const month = named.includes('month') ? { month: await measureMonth() } : {};
for (const name of named.length > 0 ? named.filter((one) => one !== 'month') : usual) {
  const { rps, p99Ms, rssBytes, cellBytes, cpuMicroseconds, answered } = await measure(name);
  console.log(
    `${name.padEnd(12)}${String(rps).padStart(12)}${String(p99Ms).padStart(10)}${String(megabytes(rssBytes)).padStart(11)}${String(Math.round(cpuMicroseconds)).padStart(13)}`,
  );
  const more: Record<string, number> =
    name === 'memory' ? { punches: answered, bytesAPunch: Math.round(cellBytes / answered) } : {};
  figures[name] = {
    rps,
    p99Ms,
    serverMegabytes: megabytes(rssBytes),
    cpuMicroseconds: Math.round(cpuMicroseconds),
    ...more,
  };
}

const rpsOf = (name: string) => figures[name]?.rps;
if (rpsOf('punch200') !== undefined) {
  console.log(
    '\npunch200: each employer is its own file, so only commits of one employer in one turn share an fsync.',
  );
}
const ratios = {
  punchToBareRow: ['punch', 'bareRow'],
  signedPunchToBareRow: ['signedPunch', 'bareRow'],
  syncToSignedPunch: ['sync', 'signedPunch'],
} as const;
const ratio = Object.fromEntries(
  Object.entries(ratios).flatMap(([name, [one, other]]) => {
    const [rps, of] = [rpsOf(one), rpsOf(other)];
    return rps && of ? [[name, Math.round((rps / of) * 100) / 100]] : [];
  }),
);
console.log(`\n${JSON.stringify({ ...figures, ...month, ratio })}`);
process.exit(0);
