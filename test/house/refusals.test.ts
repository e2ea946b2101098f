/** One file lists every refusal, and each is met by some test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusals, sentence } from '../../src/kernel/refusal.ts';

function textBelow(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return textBelow(path);
      // The journey is one function that the test files of both runtimes call.
      return /(\.test|^journey)\.tsx?$/.test(entry.name) && entry.name !== 'refusals.test.ts'
        ? readFileSync(path, 'utf8')
        : '';
    })
    .join('\n');
}

const tests = textBelow('test');

test.each(Object.keys(refusals))('the refusal %s is met by a test', (slug) => {
  expect(tests.includes(`'${slug}'`) || tests.includes(`\`${slug}\``), `no test names '${slug}'`).toBe(true);
});

test.each(Object.entries(refusals))(
  'the refusal %s speaks both languages with the same values',
  (slug, [, en, zh]) => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    expect(values(zh)).toEqual(values(en));
    expect(sentence(slug as keyof typeof refusals, 'zh-CN', {})).toMatch(/[\u4e00-\u9fff]/);
  },
);
