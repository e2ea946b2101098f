/** Input that nobody would type: each gets a refusal that says what is wrong, and none is a bug. */
import { expect, test, vi } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer, openHouse, origin } from './house.ts';

test('half a surrogate pair, a wrong media type and a name of no file are refused, none is a bug', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { api, owner, house } = await openEmployer('2026-10-01T00:00:00Z');
  for (const name of ['\ud83d', 'a\ud800b', '\u202Eabc', 'a\u0000b']) {
    const said = await owner.call('PUT', `${api}/clients/${newId()}`, { name });
    expect(said, JSON.stringify(name)).toMatchObject({ status: 422, body: { slug: 'body-invalid' } });
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await house.send(
      new Request(`${origin}${api}/clients/${newId()}`, {
        method: 'PUT',
        body: '{"name":"x"}',
        headers: { cookie: await owner.cookie(), 'content-type': type },
      }),
    );
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ slug: 'body-type-unsupported' });
  }
  for (const fileId of ['.'.repeat(43), '../'.repeat(14).padEnd(43, 'x'), '\u0000'.repeat(43)]) {
    const said = await owner.call('PUT', `${api}/licences/${newId()}`, { fileId });
    expect(said, JSON.stringify(fileId)).toMatchObject({ status: 422, body: { slug: 'body-invalid' } });
  }
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

test('a passkey’s answer is kept as evidence, so it may not be nested without end', async () => {
  const { setupToken, person } = await openHouse('2026-10-01T00:00:00Z');
  const mallory = person('Mallory');
  const gate = { kind: 'setup', token: setupToken };
  const begun = (await mallory.ok('POST', '/api/sign-up/options', {
    gate,
    displayName: 'M',
  })) as unknown as { options: never; ceremony: string };
  const answer = mallory.authenticator.create(begun.options) as unknown as object;
  const deep = JSON.parse('{"a":'.repeat(20) + 1 + '}'.repeat(20)) as unknown;
  const response = { ...answer, clientExtensionResults: { deep } };
  const said = await mallory.call('POST', '/api/sign-up', { ceremony: begun.ceremony, response });
  expect(said).toMatchObject({ status: 422, body: { slug: 'body-invalid' } });
});

test('after signing in nobody is led to another site, however its address is written', async () => {
  const { owner, house } = await openEmployer('2026-10-01T00:00:00Z');
  const cookie = await owner.cookie();
  const leadTo = async (next: string) => {
    const request = new Request(`${origin}/sign-in?next=${encodeURIComponent(next)}`, {
      headers: { cookie },
    });
    return (await house.send(request)).headers.get('location');
  };
  for (const next of ['//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example'])
    expect(await leadTo(next), JSON.stringify(next)).toBe('/');
  expect(await leadTo('/orgs/某?a=b')).toContain('/orgs/');
});

test('what is about somebody is kept by no cache', async () => {
  const { api, org, owner, house } = await openEmployer('2026-10-01T00:00:00Z');
  const cookie = await owner.cookie();
  for (const path of ['/api/me', `${api}/standing`, `${api}/journal`, `/orgs/${org}/people`, '/account']) {
    const { headers } = await house.send(new Request(origin + path, { headers: { cookie } }));
    expect(headers.get('cache-control'), path).toContain('no-store');
  }
});

test('the API’s description says what the front asks of who registers an employer', async () => {
  const { send } = await openHouse('2026-10-01T00:00:00Z');
  const { paths } = (await (await send(new Request(`${origin}/openapi.json`))).json()) as {
    paths: Record<string, { put: { requestBody: { content: Record<string, { schema: object }> } } }>;
  };
  const put = paths['/api/orgs/{org}']?.put;
  expect(JSON.stringify(put?.requestBody.content)).toContain('"token"');
});
