/**
 * Server-sent events that say when a page's facts have changed, never what changed: the page asks for itself again and
 * gets what its reader may see. What is missed while a connection is down shows at once, because the version differs.
 */
import { refuse } from '../kernel/refusal.ts';
import type { Changes } from '../store/changes.ts';

export interface Watched {
  readonly changes: Changes;
  /** A short text that differs when anything of the page does; undefined when the caller may see it no longer. */
  readonly version: () => string | undefined;
  /** What the caller has already. */
  readonly known: string;
  readonly personId: string;
}

/** Proxies close what is silent for a minute. */
const beatMs = 20_000;
/** A stream ends now and then, and the browser opens the next with the session of that moment. */
const lifetimeMs = 10 * 60_000;
/** Clock-ins come together in the morning: one event for all of a moment. */
const gatherMs = 400;
const perPersonMax = 6;
const perCellMax = 200;

/** Of each database, who watches, the oldest first. */
const open = new WeakMap<Changes, Seat[]>();
const bytes = new TextEncoder();

interface Seat {
  readonly personId: string;
  /** Forgets the seat and its timers: the reader has gone. */
  leave: () => void;
  /** Ends the stream for its reader, too. */
  end: () => void;
}

/** Refuses `watchers-full` over two hundred pages of an employer; of one person the newest six are told. */
export function changeEvents(watched: Watched): Response {
  const seat = takeSeat(watched);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => watch(watched, controller, seat),
    cancel: () => seat.leave(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'private, no-store' },
  });
}

function takeSeat({ changes, personId }: Watched): Seat {
  const seats = open.get(changes) ?? [];
  open.set(changes, seats);
  const own = seats.filter((one) => one.personId === personId);
  // That a page has gone may be known only when it is next written to, so the oldest gives way.
  if (own.length >= perPersonMax) own[0]?.end();
  if (seats.length >= perCellMax) refuse('watchers-full');
  const seat: Seat = { personId, leave: () => undefined, end: () => undefined };
  seats.push(seat);
  return seat;
}

/** Ends when the page has gone, its time is over, the database closes, or the caller has lost their standing. */
function watch(
  { changes, version, known }: Watched,
  controller: ReadableStreamDefaultController<Uint8Array>,
  seat: Seat,
): void {
  let said = known;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const say = (text: string) => controller.enqueue(bytes.encode(text));
  const look = () => {
    gathering = undefined;
    // Nobody waits for a timer: what it throws would end the process.
    try {
      const now = version();
      if (now === undefined) return seat.end();
      if (now !== said) say(`event: changed\nid: ${now}\ndata: ${now}\n\n`);
      said = now;
    } catch (error) {
      seat.leave();
      controller.error(error);
    }
  };
  const silence = changes.listen((closing) => {
    if (closing) seat.end();
    else gathering ??= setTimeout(look, gatherMs);
  });
  const beat = setInterval(() => {
    say(':\n\n');
    look();
  }, beatMs);
  const last = setTimeout(() => seat.end(), lifetimeMs);
  seat.leave = once(() => {
    silence();
    clearInterval(beat);
    clearTimeout(last);
    clearTimeout(gathering);
    const seats = open.get(changes) ?? [];
    seats.splice(seats.indexOf(seat), 1);
  });
  seat.end = once(() => {
    seat.leave();
    controller.close();
  });
  say('retry: 3000\n\n');
  look();
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
