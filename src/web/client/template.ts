/** The template editor: reads the text as it is typed, lists what is wrong line by line, and shows how it would read. */

import type { Clause } from '../../template/clause.ts';
import { exampleFacts, exampleValues } from '../../template/example.ts';
import { lawProblems, lawsFor } from '../../template/law.ts';
import { parseTemplate } from '../../template/parse.ts';
import { resolveDraft } from '../../template/resolve.ts';
import type { Problem, Relationship, Template } from '../../template/template.ts';
import { element } from './lib/element.ts';
import { locale, speak } from './lib/words.ts';

const say = speak({
  line: ['Line {{line}}', '第 {{line}} 行'],
  none: ['No problems: this can be saved.', '没有问题，可以保存。'],
  count: ['{{count}} to mend before it can be saved', '{{count}} 处须修改后才能保存'],
  mend: ['Mend the problems to see it.', '修改问题后即可预览。'],
  service: ['Services', '劳务'],
  'part-time': ['Part-time employment', '非全日制'],
  labour: ['Employment', '劳动关系'],
  'new-form': ['Platform work', '新就业形态'],
  intern: ['Internship', '实习'],
  'sole-trader': ['Sole trader', '个体工商户'],
});
const heard = ({ zh, en }: { zh: string; en: string }) => (locale === 'en' ? en : zh);
/** Longer than between two keys, shorter than a glance to the side. */
const pauseMs = 250;

for (const editor of document.querySelectorAll<HTMLElement>('[data-template-editor]')) start(editor);

function start(editor: HTMLElement): void {
  const text = editor.querySelector<HTMLTextAreaElement>('textarea[name=text]');
  const problems = editor.querySelector<HTMLElement>('[data-template-problems]');
  const preview = editor.querySelector<HTMLElement>('[data-template-preview]');
  const chooser = editor.querySelector<HTMLSelectElement>('[data-template-relationship]');
  if (!text || !problems || !preview || !chooser) return;
  const { country = '', day = '', currency = '' } = editor.dataset;
  const update = () => {
    const { template, problems: found } = parseTemplate(text.value.trim(), { id: 'draft', version: '1' });
    const all = template ? lawProblems(template, country, day) : found;
    problems.replaceChildren(...listed(all, text));
    if (template) offer(chooser, template);
    preview.replaceChildren(
      ...(template
        ? read(template, chooser.value as Relationship, { country, day, currency })
        : [element('p', {}, say('mend'))]),
    );
  };
  let waiting = 0;
  text.addEventListener('input', () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(update, pauseMs);
  });
  chooser.addEventListener('change', update);
  update();
}

function listed(problems: readonly Problem[], text: HTMLTextAreaElement): HTMLElement[] {
  if (problems.length === 0) return [element('p', { class: 'template-problems-none' }, say('none'))];
  const rows = problems.map((problem) => {
    const button = element('button', { type: 'button' }, say('line', { line: problem.line }));
    button.addEventListener('click', () => goTo(text, problem.line));
    return element('li', {}, button, ` ${heard(problem)}`);
  });
  return [
    element('p', { class: 'template-problems-count' }, say('count', { count: problems.length })),
    element('ul', { class: 'template-problems' }, ...rows),
  ];
}

/** Marks the line, and brings it into view: a textarea does not do so by itself. */
function goTo(text: HTMLTextAreaElement, line: number): void {
  // What is checked begins where the text does.
  const skipped = text.value.length - text.value.trimStart().length;
  const lines = text.value.slice(skipped).split('\n');
  const from = skipped + lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  const to = from + (lines[line - 1]?.length ?? 0);
  const whole = text.value;
  text.value = whole.slice(0, from);
  const above = text.scrollHeight - text.clientHeight;
  text.value = whole;
  text.focus();
  text.setSelectionRange(from, to);
  text.scrollTop = Math.max(0, above + text.clientHeight / 3);
}

function offer(chooser: HTMLSelectElement, { relationships }: Template): void {
  const before = chooser.value;
  chooser.replaceChildren(...relationships.map((one) => element('option', { value: one }, say(one))));
  chooser.hidden = relationships.length < 2;
  if ((relationships as readonly string[]).includes(before)) chooser.value = before;
}

interface Where {
  readonly country: string;
  readonly day: string;
  readonly currency: string;
}

function read(
  template: Template,
  relationship: Relationship,
  { country, day, currency }: Where,
): HTMLElement[] {
  const facts = exampleFacts(relationship);
  const { clauses } = resolveDraft(template, {
    facts,
    values: exampleValues(template, facts),
    currency,
    laws: lawsFor(template, relationship, country, day),
  });
  return [element('ol', { class: 'clauses' }, ...clauses.map(drawn))];
}

function drawn({ title, zh, en, table }: Clause): HTMLElement {
  const pair = (left: HTMLElement, right: HTMLElement) => {
    left.lang = 'zh-CN';
    right.lang = 'en';
    return element('div', { class: 'pair' }, left, right);
  };
  const heading = element(
    'h3',
    {},
    element('span', { lang: 'zh-CN' }, title.zh),
    ' ',
    element('span', { lang: 'en' }, title.en),
  );
  return element(
    'li',
    {},
    heading,
    ...zh.map((text, index) => pair(element('p', {}, text), element('p', {}, en[index] ?? ''))),
    ...(table ? [pair(cells(table.zh), cells(table.en))] : []),
  );
}

function cells([head = [], ...rows]: readonly (readonly string[])[]): HTMLElement {
  return element(
    'table',
    { class: 'clause-table' },
    element('thead', {}, element('tr', {}, ...head.map((cell) => element('th', { scope: 'col' }, cell)))),
    element(
      'tbody',
      {},
      ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
    ),
  );
}
