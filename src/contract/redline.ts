/** What differs between two texts of a contract, clause by clause, word by word (pure). */
import type { Clause } from '../template/clause.ts';

export interface Change {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}
export interface ClauseChange {
  readonly id: string;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly title: string;
  /** Paragraph by paragraph. */
  readonly paragraphs: readonly (readonly Change[])[];
}

/** In the order of the new text; what was left out stands at the end. Clauses are the same when their ids are. */
export function redline(
  before: readonly Clause[],
  after: readonly Clause[],
  language: 'zh' | 'en',
): ClauseChange[] {
  const old = new Map(before.map((clause) => [clause.id, clause]));
  const kept = new Set(after.map(({ id }) => id));
  const changes = after.map((clause) => changeOf(old.get(clause.id), clause, language));
  const gone = before.filter(({ id }) => !kept.has(id));
  return [...changes, ...gone.map((clause) => changeOf(clause, undefined, language))];
}

function changeOf(
  before: Clause | undefined,
  after: Clause | undefined,
  language: 'zh' | 'en',
): ClauseChange {
  const { id, title } = (after ?? before) as Clause;
  const [old, fresh] = [textOf(before, language), textOf(after, language)];
  const paragraphs = Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) =>
    wordChanges(old[index] ?? '', fresh[index] ?? ''),
  );
  const isSame = paragraphs.every((changes) => changes.every(({ kind }) => kind === 'same'));
  const kind = !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed';
  return { id, kind, title: title[language], paragraphs };
}

const textOf = (clause: Clause | undefined, language: 'zh' | 'en'): readonly string[] =>
  clause ? [...clause[language], ...(clause.table?.[language].map((cells) => cells.join(' | ')) ?? [])] : [];

/** Words of Latin, numbers whole, every other character alone. */
const tokensOf = (text: string): string[] => text.match(/[\p{Script=Latin}\p{M}'’-]+|[\d.,]+|\s+|./gsu) ?? [];

/** Beyond this a paragraph is shown as taken out and written anew. */
const comparedMost = 2_000_000;

/** The longest common subsequence of words; neighbours of one kind are joined. */
export function wordChanges(before: string, after: string): Change[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: after }];
  const [old, fresh] = [tokensOf(before), tokensOf(after)];
  if (old.length * fresh.length > comparedMost)
    return joined([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  const width = fresh.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        old[i] === fresh[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const isSame = i < old.length && j < fresh.length && old[i] === fresh[j];
    const drop = (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0);
    if (isSame) {
      changes.push({ kind: 'same', text: fresh[j] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && drop)) {
      changes.push({ kind: 'removed', text: old[i] ?? '' });
      i += 1;
    } else {
      changes.push({ kind: 'added', text: fresh[j] ?? '' });
      j += 1;
    }
  }
  return joined(changes);
}

function joined(changes: readonly Change[]): Change[] {
  const runs: { kind: Change['kind']; text: string }[] = [];
  for (const { kind, text } of changes) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') runs.push({ kind, text });
  }
  return runs;
}
