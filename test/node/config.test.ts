import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../src/config.ts';

test('no setting is required', () => {
  expect(parseConfig({})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    dataDir: './data',
    publicUrl: 'http://localhost:8787',
    rpId: 'localhost',
    timestampUrls: [],
    payoutUrls: {},
  });
});

test('an empty setting is an absent one', () => {
  expect(parseConfig({ PORT: '', SMTP_URL: '', PUBLIC_URL: '' })).toEqual(parseConfig({}));
});

test('the configuration cannot be changed after it was read', () => {
  expect(Object.isFrozen(parseConfig({}))).toBe(true);
});

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

test('all mistakes are named at once, each with what to do', () => {
  const mistakes = mistakesOf({
    PORT: '99999',
    PUBLIC_URL: 'http://work.example.com',
    SMTP_URL: 'smtp://a.example',
  });
  expect(mistakes).toHaveLength(3);
  expect(mistakes.map((mistake) => mistake.split(/[ :]/)[0]).sort()).toEqual([
    'PORT',
    'PUBLIC_URL',
    'SMTP_FROM',
  ]);
});

test('SMS needs all of its settings, and the missing ones are named', () => {
  const mistakes = mistakesOf({
    TENCENT_SMS_SECRET_ID: 'id',
    TENCENT_SMS_SECRET_KEY: 'key',
    TENCENT_SMS_SIGN: 'sign',
  });
  expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual([
    'TENCENT_SMS_SDK_APP_ID',
    'TENCENT_SMS_TEMPLATE_ID',
  ]);
});

test('a secret is not repeated in a complaint about it', () => {
  const [mistake] = mistakesOf({ SMTP_URL: 'hunter2', SMTP_FROM: 'a@b.example' });
  expect(mistake).toContain('SMTP_URL');
  expect(mistake).not.toContain('hunter2');
});

test.each([
  ['https://work.example.com', 'work.example.com'],
  ['https://work.example.com/', 'work.example.com'],
  ['http://localhost:9000', 'localhost'],
])('passkeys of %s are bound to %s', (PUBLIC_URL, rpId) => {
  const config = parseConfig({ PUBLIC_URL });
  expect(config.rpId).toBe(rpId);
  expect(config.publicUrl.endsWith('/')).toBe(false);
});

test.each(['https://work.example.com/path', 'ftp://a.example', 'work.example.com', 'https://a:b@c.example'])(
  '%s is no origin',
  (PUBLIC_URL) => expect(mistakesOf({ PUBLIC_URL })).toHaveLength(1),
);
