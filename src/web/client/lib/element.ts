/** Elements of the page, made in one expression. */

type Props = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>;

/** A function is a listener, `true` an attribute without a value; false and undefined leave it out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (typeof value === 'string') made.setAttribute(name, value);
  }
  made.append(...children.filter((child): child is Node | string => child !== undefined));
  return made;
}
