/** What the phone found, said before the worker confirms. It never forbids: confirming is one tap, with a code or without. */
import { sayClock } from './clock-words.ts';
import { element } from './element.ts';
import { siteCodeOf } from './scanned-code.ts';

export interface Finding {
  readonly kind: 'in' | 'out';
  readonly sentence: string;
  readonly tone: 'good' | 'warn' | 'bad';
  /** Whether a code shown at the site would help. */
  readonly wantsCode: boolean;
}
export interface Choices {
  /** With the code, if one was typed. */
  confirm(code?: string): void;
  again(): void;
  cancel(): void;
}

export function findingCard({ kind, sentence, tone, wantsCode }: Finding, choices: Choices): HTMLElement {
  const code = wantsCode ? codeField(kind, choices) : undefined;
  return element(
    'section',
    { class: `clock-card notice notice-${tone}`, role: 'group', 'aria-label': sayClock(kind) },
    element('p', { role: 'status' }, sentence),
    code,
    button(sayClock(kind === 'in' ? 'anyway' : 'outAnyway'), code ? 'plain' : 'primary', () =>
      choices.confirm(),
    ),
    button(sayClock('again'), 'plain', () => choices.again()),
    button(sayClock('cancel'), 'plain', () => choices.cancel()),
  );
}

/** Not a form of its own: forms do not nest, and the clock is one. */
function codeField(kind: 'in' | 'out', { confirm }: Choices): HTMLElement {
  const problem = element('span', { class: 'field-problem', role: 'alert' });
  const input = element('input', {
    class: 'form-control clock-code',
    name: 'siteCode',
    inputmode: 'numeric',
    autocomplete: 'off',
    maxlength: '9',
    keydown: (event) => {
      if ((event as KeyboardEvent).key !== 'Enter') return;
      event.preventDefault();
      send();
    },
  });
  const send = () => {
    const code = siteCodeOf(input.value);
    if (code) return confirm(code);
    problem.textContent = sayClock('siteCodeWrong');
    input.focus();
  };
  return element(
    'div',
    { class: 'field' },
    element('label', {}, element('span', { class: 'field-label' }, sayClock('siteCode')), input),
    element('span', { class: 'field-hint' }, sayClock('siteCodeHint')),
    problem,
    button(sayClock(kind === 'in' ? 'withCode' : 'outWithCode'), 'primary', send),
  );
}

function button(text: string, tone: 'primary' | 'plain', click: () => void): HTMLButtonElement {
  return element('button', { type: 'button', class: `button button-${tone}`, click }, text);
}
