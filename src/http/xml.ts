/** XML from elsewhere as a small tree. Document types and entities are refused before anything is read from them. */
import { SaxesParser } from 'saxes';
import { refuse } from '../kernel/refusal.ts';

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text that stands in it directly, trimmed. */
  readonly text: string;
}
interface Growing extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const depthMax = 40;
const elementsMax = 400_000;

/** Refuses what is no well-formed XML, or nests or repeats beyond all answers of banks. */
export function readXml(text: string): XmlElement {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) refuse('answers-xml-entities');
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: Growing[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  parser.on('doctype', () => refuse('answers-xml-entities'));
  parser.on('error', (error) => refuse('answers-unreadable', { why: error.message }));
  parser.on('opentag', ({ name, attributes }) => {
    count += 1;
    if (open.length >= depthMax || count > elementsMax) refuse('answers-bomb');
    open.push({ name: localName(name), attributes, children: [], text: '' });
  });
  parser.on('text', (piece) => {
    const last = open.at(-1);
    if (last) last.text += piece;
  });
  parser.on('cdata', (piece) => {
    const last = open.at(-1);
    if (last) last.text += piece;
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (!done) return;
    done.text = done.text.trim();
    const parent = open.at(-1);
    if (parent) parent.children.push(done);
    else root = done;
  });
  parser.write(text).close();
  return root ?? refuse('answers-unreadable', { why: 'XML' });
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** All elements down a path of names, in order. */
export function elementsAt(from: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [from],
  );
}

/** The text of the first element down a path that has any. */
export function textAt(from: XmlElement, ...path: readonly string[]): string | undefined {
  return elementsAt(from, ...path).find(({ text }) => text !== '')?.text;
}
