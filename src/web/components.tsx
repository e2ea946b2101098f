/** What pages are made of. Looks come from the style sheets; nothing here knows a room. */
import type { Child, FC, PropsWithChildren } from 'hono/jsx';

/**
 * A form that the client module `form` sends as JSON. `{id}` in the action becomes a UUID minted once a form, so that
 * a second click is the same write. Problems are shown beside the field that a pointer names. After success: `next`
 * (`{id}` and members of the answer such as `{url}` are filled in), else the page is loaded again.
 */
export const ApiForm: FC<
  PropsWithChildren<{
    action: string;
    method?: 'PUT' | 'POST' | 'DELETE';
    next?: string;
    submit: string;
    id?: string;
    tone?: 'primary' | 'warn' | 'plain';
    confirm?: string;
  }>
> = ({ action, method = 'PUT', next, submit, id, tone = 'primary', confirm, children }) => (
  <form
    class="api-form"
    data-action={action}
    data-method={method}
    {...(next ? { 'data-next': next } : {})}
    {...(confirm ? { 'data-confirm': confirm } : {})}
    {...(id ? { id } : {})}
    novalidate
  >
    {children}
    <p class="form-problem" role="alert" hidden />
    <button type="submit" class={`button button-${tone}`}>
      {submit}
    </button>
  </form>
);

interface FieldProps {
  /** A path into the JSON body: `fence.radiusMetres`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string | number;
  readonly required?: boolean;
}

/** A control with its words. Hint and problem stand outside of the label, so that they are no part of the field's name. */
const Labelled: FC<
  PropsWithChildren<Pick<FieldProps, 'name' | 'label' | 'hint' | 'required'> & { look?: string }>
> = ({ name, label, hint, required, look = '', children }) => (
  <div class={`field ${look}`}>
    {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the label's child. */}
    <label>
      <span class={required ? 'field-label is-required' : 'field-label'}>{label}</span>
      {children}
    </label>
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </div>
);

const inputTypes: Readonly<Record<string, string>> = {
  date: 'date',
  email: 'email',
  tel: 'tel',
  password: 'password',
  instant: 'datetime-local',
  time: 'time',
};

/** `kind` decides the JSON type: `number` integer, `minutes` seconds, `time` `HH:mm`, `money` minor units from a decimal, `instant` from local date and time in `zone`. */
export const Field: FC<
  FieldProps & {
    kind?:
      | 'text'
      | 'number'
      | 'time'
      | 'decimal'
      | 'minutes'
      | 'money'
      | 'date'
      | 'instant'
      | 'email'
      | 'tel'
      | 'password'
      | 'hidden';
    currencyDigits?: number;
    /** Of an `instant`: the IANA zone its local date and time are in. */
    zone?: string;
    autocomplete?: string;
    inputmode?: 'email' | 'text' | 'decimal' | 'tel' | 'url' | 'numeric' | 'none';
    placeholder?: string;
  }
> = ({ kind = 'text', inputmode, currencyDigits, zone, autocomplete, placeholder, ...field }) => {
  const { name, value, required } = field;
  const text = value === undefined ? {} : { value: String(value) };
  if (kind === 'hidden') return <input type="hidden" name={name} data-kind="hidden" {...text} />;
  const mode =
    kind === 'number'
      ? 'numeric'
      : ['money', 'decimal', 'minutes'].includes(kind)
        ? ('decimal' as const)
        : inputmode;
  return (
    <Labelled {...field} look={`field-${kind}`}>
      <input
        class="form-control"
        name={name}
        type={inputTypes[kind] ?? 'text'}
        data-kind={kind}
        {...text}
        {...(mode ? { inputmode: mode } : {})}
        {...(currencyDigits === undefined ? {} : { 'data-digits': currencyDigits })}
        {...(zone ? { 'data-zone': zone } : {})}
        {...(required ? { required: true } : {})}
        {...(autocomplete ? { autocomplete } : {})}
        {...(placeholder ? { placeholder } : {})}
      />
    </Labelled>
  );
};

/** Any value of the API that nobody types: sent as it is. */
export const FixedField: FC<{ name: string; value: unknown }> = ({ name, value }) => (
  <input type="hidden" name={name} data-kind="json" value={JSON.stringify(value)} />
);

/** `points`: a corner a line, sent as a list of [latitude, longitude]. */
export const LongField: FC<FieldProps & { rows?: number; kind?: 'points' }> = ({
  rows = 3,
  kind,
  ...field
}) => (
  <Labelled {...field} {...(kind ? { look: `field-${kind}` } : {})}>
    <textarea
      class="form-control"
      name={field.name}
      rows={rows}
      {...(kind ? { 'data-kind': kind } : {})}
      {...(field.required ? { required: true } : {})}
    >
      {field.value ?? ''}
    </textarea>
  </Labelled>
);

export const SelectField: FC<
  FieldProps & {
    options: readonly (readonly [value: string, label: string])[];
    multiple?: boolean;
    /** The values are whole numbers. */
    numeric?: boolean;
    /** Not sent: it only decides which other fields are there (see When). */
    choice?: boolean;
  }
> = ({ options, multiple, numeric, choice, ...field }) => (
  <Labelled {...field}>
    <select
      class="form-select"
      name={field.name}
      {...(field.required ? { required: true } : {})}
      {...(multiple ? { multiple: true, 'data-kind': 'list' } : {})}
      {...(numeric ? { 'data-kind': 'number' } : {})}
      {...(choice ? { 'data-kind': 'choice' } : {})}
    >
      {options.map(([option, text]) => (
        <option value={option} {...(option === String(field.value ?? '') ? { selected: true } : {})}>
          {text}
        </option>
      ))}
    </select>
  </Labelled>
);

export const CheckField: FC<FieldProps & { checked?: boolean }> = ({ checked, ...field }) => (
  <Labelled {...field} look="field-check">
    <input type="checkbox" name={field.name} data-kind="boolean" {...(checked ? { checked: true } : {})} />
  </Labelled>
);

/** Several of a list; their values are sent as a list under `name`. */
export const ChoicesField: FC<
  Omit<FieldProps, 'value'> & {
    options: readonly (readonly [value: string, label: string])[];
    chosen?: readonly string[];
  }
> = ({ name, label, hint, required, options, chosen = [] }) => (
  <fieldset class="field field-choices">
    <legend class={required ? 'field-label is-required' : 'field-label'}>{label}</legend>
    {options.map(([option, text]) => (
      <label class="choice">
        <input
          type="checkbox"
          name={name}
          value={option}
          data-kind="list"
          {...(chosen.includes(option) ? { checked: true } : {})}
        />
        <span>{text}</span>
      </label>
    ))}
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </fieldset>
);

/** Fields that are asked for only while the field `field` of the same form has the value `is`, or one of `a|b`; else they are not sent. */
export const When: FC<PropsWithChildren<{ field: string; is: string; now?: boolean }>> = ({
  field,
  is,
  now,
  children,
}) => (
  <fieldset class="when" data-when={`${field}=${is}`} {...(now ? {} : { hidden: true, disabled: true })}>
    {children}
  </fieldset>
);

/** A picture or file: the client hashes it, puts it to `/api/orgs/:org/files/:sha256`, and sends the `fileId` under `name`. */
export const FileField: FC<FieldProps & { org: string; accept: string; capture?: boolean }> = ({
  org,
  accept,
  capture,
  ...field
}) => (
  <Labelled {...field} look={capture ? 'field-file field-camera' : 'field-file'}>
    <input
      type="file"
      name={field.name}
      data-kind="file"
      data-org={org}
      accept={accept}
      {...(capture ? { capture: 'environment' } : {})}
      {...(field.required ? { required: true } : {})}
    />
  </Labelled>
);

/** WeUI's grouped cells. */
export const Group: FC<PropsWithChildren<{ title?: string; note?: string }>> = ({
  title,
  note,
  children,
}) => (
  <section class="group">
    {title ? <h2 class="group-title weui-cells__title">{title}</h2> : null}
    <div class="group-cells weui-cells">{children}</div>
    {note ? <p class="group-note weui-cells__tips">{note}</p> : null}
  </section>
);

/** One cell of a group: a link when `href` is given. */
export const Row: FC<{ label: Child; value?: Child; href?: string; sub?: Child }> = ({
  label,
  value,
  href,
  sub,
}) => {
  const content = (
    <>
      <span class="cell-label weui-cell__bd">
        {label}
        {sub ? <small>{sub}</small> : null}
      </span>
      <span class="cell-value weui-cell__ft">{value}</span>
    </>
  );
  return href ? (
    <a class="cell cell-link weui-cell weui-cell_access" href={href}>
      {content}
    </a>
  ) : (
    <div class="cell weui-cell">{content}</div>
  );
};

export const Badge: FC<PropsWithChildren<{ tone?: 'good' | 'warn' | 'bad' | 'info' | 'quiet' }>> = ({
  tone = 'quiet',
  children,
}) => <span class={`badge badge-${tone}`}>{children}</span>;

export const Notice: FC<PropsWithChildren<{ tone?: 'good' | 'warn' | 'bad' | 'info'; title?: string }>> = ({
  tone = 'info',
  title,
  children,
}) => (
  <div class={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'note'}>
    {title ? <strong>{title}</strong> : null}
    <div>{children}</div>
  </div>
);

export const Empty: FC<PropsWithChildren<{ title: string; href?: string; action?: string }>> = ({
  title,
  href,
  action,
  children,
}) => (
  <div class="empty">
    <h2>{title}</h2>
    <p>{children}</p>
    {href && action ? (
      <a class="button button-primary" href={href}>
        {action}
      </a>
    ) : null}
  </div>
);

export const Stats: FC<{
  items: readonly { label: string; value: Child; href?: string; tone?: 'good' | 'warn' | 'bad' }[];
}> = ({ items }) => (
  <div class="stats">
    {items.map(({ label, value, href, tone }) => {
      const look = tone ? `stat stat-${tone}` : 'stat';
      const content = (
        <>
          <span class="stat-value">{value}</span>
          <span class="stat-label">{label}</span>
        </>
      );
      return href ? (
        <a class={look} href={href}>
          {content}
        </a>
      ) : (
        <div class={look}>{content}</div>
      );
    })}
  </div>
);

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => Child;
  /** Numbers and money stand at the right in tabular figures. */
  readonly numeric?: boolean;
}

/** A dense table that scrolls inside itself; `total` is the last row, one cell a column. */
export function Table<T>({
  caption,
  columns,
  rows,
  total,
}: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  total?: readonly Child[];
}) {
  return (
    <section class="table-scroll" tabindex={0} aria-label={caption}>
      <table class="table table-vcenter">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={column.numeric ? 'numeric' : ''}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column) => (
                <td class={column.numeric ? 'numeric' : ''}>{column.cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {total ? (
          <tfoot>
            <tr>
              {total.map((cell, index) => (
                <td class={columns[index]?.numeric ? 'numeric' : ''}>{cell}</td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  );
}

/** Names and values in two columns; a name stands above its value where there is no room. */
/** A file sent as it is by the client module `import`, which then goes on to `next` and the id it chose. `query`: what is said of it besides its name. */
export const UploadForm: FC<{
  action: string;
  next: string;
  query?: string;
  accept: string;
  label: string;
  submit: string;
}> = ({ action, next, query, accept, label, submit }) => (
  <form
    class="api-form"
    data-import={action}
    data-next={next}
    {...(query ? { 'data-query': query } : {})}
    novalidate
  >
    <div class="field field-file">
      <label>
        <span class="field-label">{label}</span>
        <input type="file" name="file" accept={accept} required />
      </label>
    </div>
    <p class="form-problem" role="alert" hidden />
    <button type="submit" class="button button-primary">
      {submit}
    </button>
  </form>
);

export const Facts: FC<{ items: readonly (readonly [label: string, value: Child])[] }> = ({ items }) => (
  <dl class="fact-list">
    {items.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

export const Card: FC<PropsWithChildren<{ title?: string; actions?: Child; id?: string }>> = ({
  title,
  actions,
  id,
  children,
}) => (
  <section class="card" {...(id ? { id } : {})}>
    {title || actions ? (
      <div class="card-head">
        {title ? <h2>{title}</h2> : <span />}
        {actions ? <div class="card-actions">{actions}</div> : null}
      </div>
    ) : null}
    <div class="card-body">{children}</div>
  </section>
);
