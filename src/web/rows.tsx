/** A list inside a form: rows that the client module `form` adds and removes. Names of row n begin with `name.n.`. */
import type { Child, FC, PropsWithChildren } from 'hono/jsx';

export interface RowKind {
  readonly kind: string;
  readonly add: string;
  /** Its fields' names begin with `blankOf(name)`. */
  readonly blank: Child;
}

/** The number of a row that is not there yet. */
export const blankOf = (name: string) => `${name}.#`;

export const Rows: FC<{
  name: string;
  label: string;
  hint?: string;
  rows: readonly Child[];
  kinds: readonly RowKind[];
  remove: string;
  max: number;
}> = ({ name, label, hint, rows, kinds, remove, max }) => (
  <fieldset class="field form-rows" data-rows={name} data-max={max}>
    <legend class="field-label">{label}</legend>
    {hint ? <span class="field-hint">{hint}</span> : null}
    {rows.map((row) => (
      <OneRow remove={remove}>{row}</OneRow>
    ))}
    {kinds.map(({ kind, blank }) => (
      <template data-row-kind={kind}>
        <OneRow remove={remove}>{blank}</OneRow>
      </template>
    ))}
    <span class="field-problem" data-problem={name} />
    <div class="form-rows-add">
      {kinds.map(({ kind, add }) => (
        <button type="button" class="button button-plain" data-add-row={kind}>
          {add}
        </button>
      ))}
    </div>
  </fieldset>
);

const OneRow: FC<PropsWithChildren<{ remove: string }>> = ({ remove, children }) => (
  <div class="form-row" data-row>
    {children}
    <button type="button" class="button button-plain form-row-remove" data-remove-row>
      {remove}
    </button>
  </div>
);
