/** The questions of a template as a form: a typed control for each, and those that hang on an answer only while it is given. */
import type { FC } from 'hono/jsx';
import { minorDigits } from '../kernel/money.ts';
import type { Locale, Spoken } from '../kernel/refusal.ts';
import { Field, LongField, SelectField, When } from '../web/components.tsx';
import { type Condition, hold } from './condition.ts';
import { facts } from './fact.ts';
import type { Change, FieldValue, FieldValues, Field as TemplateField } from './field.ts';
import type { Template } from './template.ts';
import { templateWords } from './template-words.ts';

interface Asking {
  readonly template: Template;
  /** What the form is filled with. */
  readonly values: FieldValues;
  /** Known facts that conditions may name. */
  readonly known: FieldValues;
  readonly currency: string;
  readonly locale: Locale;
  /** Where the answers lie in the body. */
  readonly under?: string;
}

export const AskedFields: FC<Asking> = ({ template, known, under = 'values', ...rest }) => (
  <>
    {template.fields.map((field) => {
      // A condition on a fact is settled here; one on an answer follows the form.
      const onFacts = field.conditions.filter((one) => facts.has(one.field));
      if (!hold(onFacts, known)) return null;
      const control = <Asked field={field} name={`${under}.${field.name}`} {...rest} />;
      const [choice] = field.conditions.filter((one) => !facts.has(one.field));
      return choice ? (
        <When
          field={`${under}.${choice.field}`}
          is={wanted(choice, template)}
          now={hold([choice], rest.values)}
        >
          {control}
        </When>
      ) : (
        control
      );
    })}
  </>
);

/** The answers that the condition wants, as `When` takes them. */
function wanted({ field, test, values }: Condition, { fields }: Template): string {
  const options = fields.find((one) => one.name === field)?.options.map(({ value }) => value) ?? [];
  return (test === '=' ? values : options.filter((one) => !values.includes(one))).join('|');
}

type AskedProps = Pick<Asking, 'values' | 'currency' | 'locale'> & { field: TemplateField; name: string };

const Asked: FC<AskedProps> = ({ field, name, values, currency, locale }) => {
  const hear = (text: Spoken) => (locale === 'zh-CN' ? text.zh : text.en);
  const { type, options, required } = field;
  const value = values[field.name];
  const digits = minorDigits(currency);
  const words = {
    name,
    label: type === 'money' ? `${hear(field.label)} (${currency})` : hear(field.label),
    ...(field.hint ? { hint: hear(field.hint) } : {}),
    ...(required ? { required: true } : {}),
    ...(value === undefined || typeof value === 'object' ? {} : { value: shown(type, value, digits) }),
  };
  switch (type) {
    case 'long':
      return <LongField {...words} rows={3} />;
    case 'date':
      return <Field {...words} kind="date" />;
    case 'money':
      return <Field {...words} kind="money" currencyDigits={digits} />;
    case 'integer':
      return <Field {...words} kind="number" />;
    case 'enum':
      return <SelectField {...words} options={options.map((one) => [one.value, hear(one)] as const)} />;
    case 'changes':
      return <Changes {...words} rows={Array.isArray(value) ? (value as Change[]) : []} locale={locale} />;
    default:
      return <Field {...words} />;
  }
};

function shown(type: TemplateField['type'], value: FieldValue, digits: number): string {
  if (type !== 'money' || !/^\d+$/.test(String(value))) return String(value);
  const text = String(value).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const rowsShown = 4;

const Changes: FC<{
  name: string;
  label: string;
  hint?: string;
  rows: readonly Change[];
  locale: Locale;
}> = ({ name, label, hint, rows, locale }) => {
  const say = templateWords(locale);
  const places = Array.from({ length: Math.max(rowsShown, rows.length) }, (_, index) => rows[index]);
  return (
    <fieldset class="field">
      <legend class="field-label">{label}</legend>
      {hint ? <p class="field-hint">{hint}</p> : null}
      {places.map((row, index) => {
        const required = index === 0 ? { required: true } : {};
        const field = (part: keyof Change, kind: 'text' | 'date' = 'text') => (
          <Field
            name={`${name}.${index}.${part}`}
            label={say(`change-${part}`)}
            kind={kind}
            {...(row ? { value: row[part] } : {})}
            {...required}
          />
        );
        const parts = (
          <div class="columns columns-narrow">
            {field('term')}
            {field('before')}
            {field('after')}
            {field('effectiveOn', 'date')}
          </div>
        );
        return index === 0 || row ? (
          parts
        ) : (
          <details>
            <summary>{say('changeMore', { number: index + 1 })}</summary>
            {parts}
          </details>
        );
      })}
      <span class="field-problem" data-problem={name} />
    </fieldset>
  );
};
