/** Made-up facts and answers, so that a template can be read as it would stand before there is a worker. Pure. */
import { hold } from './condition.ts';
import { facts } from './fact.ts';
import type { Field, FieldValue, FieldValues, Language } from './field.ts';
import { valueText } from './field.ts';
import { fillText, type Relationship, type Template } from './template.ts';

export function exampleFacts(relationship: Relationship): FieldValues {
  return {
    employerName: '示例供应链有限公司',
    registrationCode: '91310000MA1FL0000X',
    employerAddress: '上海市示例路 1 号',
    representative: '张三',
    verified: 'yes',
    workerName: '李四',
    documentKind: 'resident-id',
    documentMasked: '310***********1234',
    documentNumber: '310***********1234',
    relationship,
    roleTitle: '分拣员',
    project: '示例项目',
    sites: '示例仓库（上海市示例路 2 号）',
    effectiveOn: '2026-12-01',
    startsOn: '2026-12-01',
    endsOn: '2027-11-30',
    pay: { zh: '每小时 ¥30.00', en: '¥30.00 an hour' },
    payPeriod: 'weekly',
    tax: {
      zh: '报酬为税前金额，甲方依法代扣代缴个人所得税，并提供明细。',
      en: 'Pay is before tax; Party A withholds individual income tax as the law asks and shows how.',
    },
    cover: {
      zh: '乙方自上班打卡起至下班打卡止受保障方案保障。',
      en: 'From clock-in to clock-out Party B is covered by the guarantee policy.',
    },
    priorTitle: { zh: '劳务协议', en: 'Service Agreement' },
    priorNumber: '2026-0001',
    priorOn: '2026-06-01',
  };
}

/** An answer to every question that is asked then; `chosen` overrides. */
export function exampleValues(
  template: Template,
  factValues: FieldValues,
  chosen: FieldValues = {},
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const field of template.fields) {
    if (!hold(field.conditions, { ...factValues, ...values })) continue;
    const value = chosen[field.name] ?? exampleValue(field, factValues);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

function exampleValue(field: Field, factValues: FieldValues): FieldValue | undefined {
  const { type, label, options, min } = field;
  const preset = defaultText(field, factValues);
  switch (type) {
    case 'enum':
      return preset ?? options[0]?.value;
    case 'date':
      return preset ?? '2026-12-31';
    case 'money':
      return preset === undefined ? 300_000 : Number(preset);
    case 'integer':
      return preset === undefined ? (min ?? 1) : Number(preset);
    case 'changes':
      return [
        {
          term: '报酬标准 / pay',
          before: '每小时 ¥30.00 / ¥30.00 an hour',
          after: '每小时 ¥33.00 / ¥33.00 an hour',
          effectiveOn: '2026-12-01',
        },
      ];
    default:
      return preset ?? `［${label.zh} / ${label.en}］`;
  }
}

/** The default with the facts in it. Values stand in both texts, so facts do in Chinese. */
export function defaultText(
  field: Field,
  factValues: FieldValues,
  language: Language = 'zh',
): string | undefined {
  if (field.default === undefined) return undefined;
  return fillText(field.default, (name) => {
    const [fact, value] = [facts.get(name), factValues[name]];
    return fact && value !== undefined ? valueText(fact, value, language, 'CNY') : '';
  });
}
