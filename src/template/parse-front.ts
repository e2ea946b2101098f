/** The first part of a template: `name: value` lines between two rules. Pure. */
import type { Spoken } from '../kernel/refusal.ts';
import { type Complain, readSpoken } from './parse-words.ts';
import {
  type Relationship,
  relationships,
  type Template,
  type TemplateKind,
  templateKinds,
} from './template.ts';

export type Front = Map<string, { readonly line: number; readonly value: string }>;
type Head = Omit<Template, 'fields' | 'clauses'>;

const own = ['kind', 'relationships', 'title', 'party-a', 'party-b'];
const all = ['id', 'version', ...own];

/** An employer's copy is named and numbered by where it is kept. */
export interface Named {
  readonly id: string;
  readonly version: string;
}
export function readFrontLine(
  front: Front,
  named: Named | undefined,
  line: number,
  text: string,
  complain: Complain,
): void {
  const names = named ? own : all;
  const [, name = '', value = ''] = /^([a-z-]+):\s*(.*)$/.exec(text) ?? [];
  if (!name) return void complain(line, '这一行应为“名称: 内容”。', 'This line should be “name: value”.');
  if (!names.includes(name))
    return void complain(
      line,
      `没有名为“${name}”的项，可用：${names.join('、')}。`,
      `There is no “${name}” here. There are: ${names.join(', ')}.`,
    );
  if (front.has(name)) return void complain(line, `“${name}”写了两次。`, `“${name}” is here twice.`);
  front.set(name, { line, value });
}

export function finishedFront(front: Front, named: Named | undefined, complain: Complain): Head | undefined {
  const names = named ? own : all;
  const missing = names.filter((name) => !front.get(name)?.value);
  if (missing.length > 0) {
    complain(1, `开头部分缺少：${missing.join('、')}。`, `The first part lacks: ${missing.join(', ')}.`);
    return undefined;
  }
  const at = (name: string) => front.get(name) ?? { line: 1, value: '' };
  const spoken = (name: string): Spoken | undefined => {
    const found = readSpoken(at(name).value);
    if (!found)
      complain(at(name).line, `“${name}”须写成“中文 | English”。`, `“${name}” is written “中文 | English”.`);
    return found;
  };
  const [title, partyA, partyB] = [spoken('title'), spoken('party-a'), spoken('party-b')];
  const kind = at('kind').value;
  const { id, version } = named ?? { id: at('id').value, version: at('version').value };
  if (!/^[a-z0-9][a-z0-9-]{1,59}$/.test(id))
    complain(
      at('id').line,
      '编号只用小写字母、数字和连字符。',
      'An id has small letters, digits and hyphens.',
    );
  if (!/^[\w.-]{1,40}$/.test(version))
    complain(
      at('version').line,
      '版本只用字母、数字、点和连字符。',
      'A version has letters, digits, points and hyphens.',
    );
  if (!templateKinds.some((one) => one === kind))
    complain(
      at('kind').line,
      `类型应为 ${templateKinds.join('、')} 之一。`,
      `The kind is one of ${templateKinds.join(', ')}.`,
    );
  const fits = relationshipsIn(at('relationships').value);
  if (!fits)
    complain(
      at('relationships').line,
      `适用的用工形式应从 ${relationships.join('、')} 中选择，或写 any。`,
      `Relationships are some of ${relationships.join(', ')}, or any.`,
    );
  if (!title || !partyA || !partyB || !fits) return undefined;
  return { id, version, kind: kind as TemplateKind, relationships: fits, title, partyA, partyB };
}

function relationshipsIn(text: string): readonly Relationship[] | undefined {
  if (text === 'any') return relationships;
  const found = text.split(',').map((one) => one.trim() as Relationship);
  return found.every((one) => relationships.includes(one)) ? found : undefined;
}
