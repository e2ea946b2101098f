/** One field of a template: a heading with its labels, then `name: value` lines. Pure. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Condition } from './condition.ts';
import { type Field, type FieldType, fieldTypes, type Option } from './field.ts';
import { type Complain, conditionsAt, readHeading, readSpoken } from './parse-words.ts';

export interface FieldDraft {
  readonly name: string;
  readonly label: Spoken;
  readonly line: number;
  readonly options: Option[];
  readonly said: Map<string, string>;
  hint?: Spoken;
  conditions: readonly Condition[];
}

const names = ['type', 'required', 'default', 'min', 'max', 'hint', 'option', 'if'];

export function startField(line: number, text: string, complain: Complain): FieldDraft {
  const { id, title } = readHeading(line, text, /^[a-z][A-Za-z0-9]{1,39}$/, complain);
  return { name: id, label: title, line, options: [], said: new Map(), conditions: [] };
}

export function readFieldLine(field: FieldDraft, line: number, text: string, complain: Complain): void {
  const [, name = '', value = ''] = /^([a-z]+):\s*(.*)$/.exec(text) ?? [];
  if (!names.includes(name) || !value)
    return void complain(
      line,
      `字段的说明应为以下之一：${names.map((one) => `${one}: …`).join('、')}。`,
      `A field is told by lines like: ${names.map((one) => `${one}: …`).join(', ')}.`,
    );
  if (name === 'option') return void readOption(field, line, value, complain);
  if (field.said.has(name)) return void complain(line, `“${name}”写了两次。`, `“${name}” is here twice.`);
  field.said.set(name, value);
  if (name === 'if') field.conditions = conditionsAt(line, value, complain);
  if (name === 'hint') {
    const hint = readSpoken(value);
    if (hint) field.hint = hint;
    else complain(line, '提示须写成“中文 | English”。', 'A hint is written “中文 | English”.');
  }
}

function readOption(field: FieldDraft, line: number, value: string, complain: Complain): void {
  const [code = '', zh = '', en = '', ...more] = value.split('|').map((part) => part.trim());
  if (!/^[a-z0-9-]{1,40}$/.test(code) || !zh || !en || more.length > 0)
    return void complain(
      line,
      '选项须写成“option: 代码 | 中文 | English”。',
      'An option is written “option: code | 中文 | English”.',
    );
  if (field.options.some((one) => one.value === code))
    return void complain(line, `选项“${code}”写了两次。`, `The option “${code}” is here twice.`);
  field.options.push({ value: code, zh, en });
}

export function finishedField(draft: FieldDraft, complain: Complain): Field {
  const { name, label, line, options, said, hint, conditions } = draft;
  const type = (said.get('type') ?? 'text') as FieldType;
  if (!fieldTypes.includes(type))
    complain(
      line,
      `类型“${type}”不存在，可用：${fieldTypes.join('、')}。`,
      `There is no type “${type}”. There are: ${fieldTypes.join(', ')}.`,
    );
  if ((type === 'enum') !== options.length > 1)
    complain(
      line,
      'enum 至少要有两个选项，其他类型没有选项。',
      'An enum has two options or more; no other type has any.',
    );
  const required = said.get('required') ?? 'yes';
  if (required !== 'yes' && required !== 'no')
    complain(line, 'required 应为 yes 或 no。', 'required is yes or no.');
  const [min, max] = [bound(draft, 'min', complain), bound(draft, 'max', complain)];
  if ((min !== undefined || max !== undefined) && type !== 'integer')
    complain(line, '只有 integer 可写 min 和 max。', 'Only an integer has min and max.');
  const preset = said.get('default');
  if (preset !== undefined && type === 'enum' && !options.some(({ value }) => value === preset))
    complain(line, `默认值“${preset}”不在选项中。`, `The default “${preset}” is none of the options.`);
  return {
    name,
    type,
    label,
    required: required === 'yes',
    options,
    conditions,
    line,
    ...(hint ? { hint } : {}),
    ...(preset === undefined ? {} : { default: preset }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

function bound({ said, line }: FieldDraft, name: string, complain: Complain): number | undefined {
  const text = said.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) complain(line, `${name} 应为整数。`, `${name} is a whole number.`);
  return Number(text);
}
