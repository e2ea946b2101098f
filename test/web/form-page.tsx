/** A page with one form of every kind of field, and an API that keeps what it was sent and answers as it is told. */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { ApiForm, CheckField, Field, FileField, LongField, SelectField } from '../../src/web/components.tsx';
import { localeOf, page, WorkerPage } from '../../src/web/page.tsx';

interface Sent {
  readonly id: string;
  readonly body: unknown;
}
type Answer = (sent: Sent) => Response | Promise<Response>;

export interface FormBench {
  readonly app: Hono;
  readonly sent: Sent[];
  readonly files: { digest: string; bytes: Uint8Array; type: string }[];
  /** How the next requests are answered. */
  answer: Answer;
}

export function formBench(): FormBench {
  const app = new Hono();
  const bench: FormBench = { app, sent: [], files: [], answer: () => Response.json({ word: 'a b' }) };
  app.get('/form', (c) => page(c, <FormPage locale={localeOf(c.req.raw)} />));
  app.get('/next/:id/:word', (c) => c.text(`${c.req.param('id')} ${c.req.param('word')}`));
  app.put('/api/orgs/:org/files/:digest', async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const digest = createHash('sha256').update(bytes).digest('base64url');
    if (digest !== c.req.param('digest')) return c.json({ title: 'no', slug: 'file-digest-differs' }, 422);
    bench.files.push({ digest, bytes, type: c.req.header('content-type') ?? '' });
    return c.json({ fileId: digest });
  });
  app.put('/api/things/:id', async (c) => {
    const sent = { id: c.req.param('id'), body: (await c.req.json()) as unknown };
    bench.sent.push(sent);
    return bench.answer(sent);
  });
  return bench;
}

function FormPage({ locale }: { locale: 'en' | 'zh-CN' }) {
  return (
    <WorkerPage locale={locale} title="Form">
      <ApiForm action="/api/things/{id}" next="/next/{id}/{word}" submit="Send" id="main">
        <Field name="name" label="Name" required />
        <Field name="fence.radiusMetres" label="Radius" kind="number" />
        <Field name="lat" label="Latitude" kind="decimal" />
        <Field name="rateMinor" label="Rate" kind="money" currencyDigits={2} />
        <Field name="yenMinor" label="Yen" kind="money" currencyDigits={0} />
        <Field name="at" label="At" kind="instant" zone="Europe/Berlin" />
        <Field name="on" label="On" kind="date" />
        <Field name="secret" label="" kind="hidden" value="kept" />
        <Field name="roles.0.role" label="Role" />
        <SelectField
          name="siteIds"
          label="Sites"
          multiple
          options={[
            ['a', 'A'],
            ['b', 'B'],
            ['c', 'C'],
          ]}
        />
        <CheckField name="agreed" label="Agreed" />
        <LongField name="note" label="Note" />
        <FileField name="photo" label="Photo" org="acme" accept="image/*" capture />
      </ApiForm>
      <ApiForm action="/api/things/{id}" submit="End" confirm="Really end it?" id="end" tone="warn">
        <Field name="reason" label="" kind="hidden" value="over" />
      </ApiForm>
    </WorkerPage>
  );
}
