/** Load from raw sockets that stay open: one request at a time a connection, cheap enough not to be what is measured. */
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly connections: number;
  /** The bytes of a connection's next request; undefined: it has nothing more to send. */
  readonly next: (connection: number) => string | undefined;
  /** Runs until this many requests were answered, or for the seconds. */
  readonly requests?: number;
  readonly seconds?: number;
  readonly warmUpSeconds?: number;
  /** Told every whole answer. */
  readonly onAnswer?: (text: string) => void;
}
export interface Outcome {
  readonly rps: number;
  readonly p99Ms: number;
  readonly answered: number;
  readonly failed: number;
  /** With those of the warm-up. */
  readonly sent: number;
}

export async function runLoad(load: Load): Promise<Outcome> {
  const { warmUpSeconds = 0, seconds = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY } = load;
  const began = performance.now();
  const measuredFrom = began + warmUpSeconds * 1000;
  const until = measuredFrom + seconds * 1000;
  const waits: number[] = [];
  const tally = { sent: 0, answered: 0, failed: 0 };
  const drive = (n: number) =>
    new Promise<void>((done, fail) => {
      const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      const send = () => {
        if (performance.now() >= until || tally.sent >= requests) return void socket.end(done);
        const request = load.next(n);
        if (request === undefined) return void socket.end(done);
        tally.sent += 1;
        sentAt = performance.now();
        socket.write(request);
      };
      socket.once('error', fail);
      socket.once('connect', send);
      onAnswer(socket, (ok, first) => {
        const now = performance.now();
        load.onAnswer?.(first);
        if (!ok) {
          tally.failed += 1;
          if (tally.failed === 1) console.error(first);
        }
        if (now >= measuredFrom) {
          tally.answered += 1;
          waits.push(now - sentAt);
        }
        send();
      });
    });
  await Promise.all(Array.from({ length: load.connections }, (_, n) => drive(n)));
  const elapsed = (performance.now() - measuredFrom) / 1000;
  waits.sort((a, b) => a - b);
  return {
    rps: Math.round(tally.answered / elapsed),
    p99Ms: Math.round((waits[Math.floor(waits.length * 0.99)] ?? 0) * 10) / 10,
    answered: tally.answered,
    failed: tally.failed,
    sent: tally.sent,
  };
}

/** Calls back once a whole answer: by its content-length, or by the last chunk. */
function onAnswer(socket: Socket, answer: (ok: boolean, text: string) => void): void {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    text += part;
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /content-length: (\d+)/i.exec(text.slice(0, head));
    const isWhole = length ? text.length >= head + 4 + Number(length[1]) : text.endsWith('0\r\n\r\n');
    if (!isWhole) return;
    const whole = text;
    text = '';
    answer(whole.startsWith('HTTP/1.1 2'), whole);
  });
}
