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

/** `kind` decides the JSON type: `number` integer, `money` minor units from a decimal, `instant` from local date and time in `zone`. */
export const Field: FC<
  FieldProps & {
    kind?:
      | 'text'
      | 'number'
      | 'decimal'
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
> = ({
  name,
  label,
  hint,
  value,
  required,
  kind = 'text',
  currencyDigits,
  zone,
  autocomplete,
  inputmode,
  placeholder,
}) => (
  <label class={kind === 'hidden' ? 'field-hidden' : 'field'}>
    <span class="field-label">{label}</span>
    <input
      name={name}
      type={
        kind === 'date' || kind === 'email' || kind === 'tel' || kind === 'password' || kind === 'hidden'
          ? kind
          : kind === 'instant'
            ? 'datetime-local'
            : 'text'
      }
      data-kind={kind}
      {...(kind === 'number'
        ? { inputmode: 'numeric' }
        : kind === 'money' || kind === 'decimal'
          ? { inputmode: 'decimal' }
          : inputmode
            ? { inputmode }
            : {})}
      {...(currencyDigits === undefined ? {} : { 'data-digits': currencyDigits })}
      {...(zone ? { 'data-zone': zone } : {})}
      {...(value === undefined ? {} : { value: String(value) })}
      {...(required ? { required: true } : {})}
      {...(autocomplete ? { autocomplete } : {})}
      {...(placeholder ? { placeholder } : {})}
    />
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </label>
);

export const LongField: FC<FieldProps & { rows?: number }> = ({
  name,
  label,
  hint,
  value,
  required,
  rows = 3,
}) => (
  <label class="field">
    <span class="field-label">{label}</span>
    <textarea name={name} rows={rows} {...(required ? { required: true } : {})}>
      {value ?? ''}
    </textarea>
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </label>
);

export const SelectField: FC<
  FieldProps & { options: readonly (readonly [value: string, label: string])[]; multiple?: boolean }
> = ({ name, label, hint, value, required, options, multiple }) => (
  <label class="field">
    <span class="field-label">{label}</span>
    <select
      name={name}
      {...(required ? { required: true } : {})}
      {...(multiple ? { multiple: true, 'data-kind': 'list' } : {})}
    >
      {options.map(([option, text]) => (
        <option value={option} {...(option === value ? { selected: true } : {})}>
          {text}
        </option>
      ))}
    </select>
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </label>
);

export const CheckField: FC<FieldProps & { checked?: boolean }> = ({ name, label, hint, checked }) => (
  <label class="field field-check">
    <input type="checkbox" name={name} data-kind="boolean" {...(checked ? { checked: true } : {})} />
    <span class="field-label">{label}</span>
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </label>
);

/** A picture or file: the client hashes it, puts it to `/api/orgs/:org/files/:sha256`, and sends the `fileId` under `name`. */
export const FileField: FC<FieldProps & { org: string; accept: string; capture?: boolean }> = ({
  name,
  label,
  hint,
  org,
  accept,
  capture,
  required,
}) => (
  <label class="field field-file">
    <span class="field-label">{label}</span>
    <input
      type="file"
      name={name}
      data-kind="file"
      data-org={org}
      accept={accept}
      {...(capture ? { capture: 'environment' } : {})}
      {...(required ? { required: true } : {})}
    />
    {hint ? <span class="field-hint">{hint}</span> : null}
    <span class="field-problem" data-problem={name} />
  </label>
);

/** WeUI's grouped cells. */
export const Group: FC<PropsWithChildren<{ title?: string; note?: string }>> = ({
  title,
  note,
  children,
}) => (
  <section class="group">
    {title ? <h2 class="group-title">{title}</h2> : null}
    <div class="group-cells">{children}</div>
    {note ? <p class="group-note">{note}</p> : null}
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
      <span class="row-label">
        {label}
        {sub ? <small>{sub}</small> : null}
      </span>
      <span class="row-value">{value}</span>
    </>
  );
  return href ? (
    <a class="row row-link" href={href}>
      {content}
    </a>
  ) : (
    <div class="row">{content}</div>
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
    {items.map(({ label, value, href, tone }) => (
      <a class={`stat ${tone ? `stat-${tone}` : ''}`} {...(href ? { href } : {})}>
        <span class="stat-value">{value}</span>
        <span class="stat-label">{label}</span>
      </a>
    ))}
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
      <table class="table">
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

export const Card: FC<PropsWithChildren<{ title?: string; actions?: Child }>> = ({
  title,
  actions,
  children,
}) => (
  <section class="card">
    {title || actions ? (
      <div class="card-head">
        {title ? <h2>{title}</h2> : <span />}
        {actions}
      </div>
    ) : null}
    <div class="card-body">{children}</div>
  </section>
);
