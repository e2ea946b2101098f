/** The calendar behind a link: as RFC 5545 wants it, and shut when a new link is made. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { type CalendarEvent, calendarText } from '../../src/shift/ics.ts';
import { openShiftScene } from './shift-scene.ts';

const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'a@workcard',
  changedAt: instantOf(Date.parse('2026-11-01T00:00:00Z')),
  startsAt: instantOf(Date.parse('2026-11-04T14:00:00Z')),
  endsAt: instantOf(Date.parse('2026-11-04T22:00:00Z')),
  summary: 'Sorting',
  location: '',
  description: '',
  sequence: 0,
  ...change,
});

test('a calendar is what RFC 5545 says, line by line', () => {
  expect(calendarText('Shifts', [event()]).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Workcard//Shifts//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Shifts',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VEVENT',
    'UID:a@workcard',
    'DTSTAMP:20261101T000000Z',
    'DTSTART:20261104T140000Z',
    'DTEND:20261104T220000Z',
    'SUMMARY:Sorting',
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('text cannot become a line or a property of its own', () => {
  const text = calendarText('x', [event({ summary: 'a,b;c\\d\r\nBEGIN:VALARM\nX' })]);
  expect(text).toContain('SUMMARY:a\\,b\\;c\\\\d\\nBEGIN:VALARM\\nX\r\n');
  expect(text.split('\r\n').filter((line) => line === 'BEGIN:VALARM')).toEqual([]);
});

test('lines are folded at 75 octets between characters, and unfold to the same text', () => {
  const summary = `分拣员 · ${'松江仓库与城东物流园'.repeat(12)} 🚚`;
  const text = calendarText('x', [event({ summary })]);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replace(/\r\n /g, '')).toContain(`SUMMARY:${summary}\r\n`);
});

test('a worker’s link shows their shifts to whoever has it, until a new one is made', async () => {
  const scene = await openShiftScene();
  const zhang = await scene.hire('张三');
  const shiftId = await scene.plan({
    engagementIds: [zhang.engagementId],
    startTime: '22:00',
    endTime: '06:00',
    note: '带手套, 反光衣',
    breaks: [{ afterSeconds: 14_400, seconds: 1800, paid: false, automatic: true }],
  });
  const id = newId();
  const { url } = (await scene.ok(zhang.person, `/me/shift-feeds/${id}`, {})) as unknown as { url: string };
  expect((await scene.ok(zhang.person, `/me/shift-feeds/${id}`, {})).url).toBe(url);
  expect(url).toMatch(new RegExp(`^http://localhost:8787/orgs/${scene.cell.org}/calendar/[\\w-]{43}\\.ics$`));

  const read = (address: string, language = 'en') =>
    scene.cell.visitor('GET', new URL(address).pathname, undefined, { 'accept-language': language });
  const answer = await read(url);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const text = (await answer.text()).replace(/\r\n /g, '');
  expect(text).toContain(`UID:${shiftId}-${zhang.engagementId}@workcard`);
  expect(text).toContain('DTSTART:20261104T140000Z');
  expect(text).toContain('SUMMARY:分拣员 · Quay 7');
  expect(text).toContain('LOCATION:Quay 7 1');
  expect(text).toContain('带手套\\, 反光衣');
  expect(text).toContain('SEQUENCE:0');

  // Moved: the same event, counted up. Called off: gone.
  const other = { engagementIds: [zhang.engagementId], startTime: '20:00', endTime: '04:00' };
  await scene.plan(other, shiftId);
  const moved = await (await read(url)).text();
  expect(moved).toContain('SEQUENCE:1');
  expect(moved).toContain('DTSTART:20261104T120000Z');
  await scene.ok(scene.supervisor, `/shifts/${shiftId}/cancellation`, { reason: 'x' });
  expect(await (await read(url)).text()).not.toContain('BEGIN:VEVENT');

  const renewed = (await scene.ok(zhang.person, `/me/shift-feeds/${newId()}`, {})) as unknown as {
    url: string;
  };
  expect(renewed.url).not.toBe(url);
  expect((await read(url)).status).toBe(410);
  expect(((await (await read(url)).json()) as { slug: string }).slug).toBe('link-expired');
  expect((await read(renewed.url)).status).toBe(200);
  const guessed = url.replace(/[\w-]{43}\.ics/, `${'A'.repeat(43)}.ics`);
  expect((await read(guessed)).status).toBe(404);
});
