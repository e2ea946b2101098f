/** Which column of a table says what: guessed from its heads, settled by a person. */
import { z } from 'zod';
import type { ImportTable } from '../http/table-file.ts';
import { dateOrders, guessOrder } from './import-time.ts';

/** By what a worker is named in the table. */
export const whoKinds = ['name', 'engagement', 'worker', 'card', 'account'] as const;
export type WhoKind = (typeof whoKinds)[number];

/** A column's number from 0; -1: there is none. */
const zColumn = z.number().int().min(-1).max(59);

export const zImportMapping = z.strictObject({
  who: zColumn,
  whoAs: z.enum(whoKinds),
  /** Where a site stands in no column: this one for all rows, or the only one of each engagement when empty. */
  site: zColumn,
  siteId: z.string().max(36).default(''),
  /** `one`: a row is one punch, and `kind` says which. `two`: a row is a shift with two times. */
  shape: z.enum(['one', 'two']),
  /** Where times carry no date of their own. */
  date: zColumn,
  time: zColumn,
  kind: zColumn,
  inTime: zColumn,
  outTime: zColumn,
  order: z.enum(dateOrders),
});
export type ImportMapping = Readonly<z.infer<typeof zImportMapping>>;

const patterns = {
  engagement: /engagement|用工(关系)?(编号|id)/i,
  card: /card|工牌/i,
  worker: /worker.?(id|no)|人员(编号|id)|劳动者(编号|id)/i,
  account: /account|账号|收款|银行卡/i,
  name: /^(姓名|员工|人员|劳动者|名字)|name|employee|worker|staff|person/i,
  site: /site|location|place|地点|项目点|站点|门店/i,
  kind: /kind|type|direction|in.?\/.?out|event|action|类型|方向|进出|上下班|打卡类别/i,
  in: /clock.?in|check.?in|time.?in|punch.?in|^in$|start|arriv|from|上班|签到|进场|开始/i,
  out: /clock.?out|check.?out|time.?out|punch.?out|^out$|end|finish|leav|until|下班|签退|离场|结束/i,
  date: /^(date|day|日期|工作日|考勤日期)/i,
  time: /time|timestamp|counted|when|时间|时刻|打卡/i,
} as const;

/** A person looks at it before anything is done with it. */
export function guessMapping({ heads, rows }: Pick<ImportTable, 'heads' | 'rows'>): ImportMapping {
  const taken = new Set<number>();
  const find = (pattern: RegExp): number => {
    const found = heads.findIndex((head, index) => !taken.has(index) && pattern.test(head));
    if (found >= 0) taken.add(found);
    return found;
  };
  const kind = find(patterns.kind);
  const whoAs = (['engagement', 'card', 'worker', 'account'] as const).find((as) =>
    heads.some((head) => patterns[as].test(head)),
  );
  const who = find(patterns[whoAs ?? 'name']);
  const site = find(patterns.site);
  const date = find(patterns.date);
  const inTime = kind < 0 ? find(patterns.in) : -1;
  const outTime = kind < 0 ? find(patterns.out) : -1;
  const two = inTime >= 0 && outTime >= 0;
  const time = two ? -1 : find(patterns.time);
  const samples = rows
    .slice(0, 200)
    .flatMap(({ fields }) => [date, time, inTime].map((at) => fields[at] ?? ''));
  return {
    who,
    whoAs: whoAs ?? 'name',
    site,
    siteId: '',
    shape: two ? 'two' : 'one',
    date,
    time,
    kind,
    inTime,
    outTime,
    order: guessOrder(samples),
  };
}

/** From a page's address, over what was guessed: what is missing or no number stays as guessed. */
export function mappingFrom(query: Readonly<Record<string, string>>, guessed: ImportMapping): ImportMapping {
  const asked = Object.fromEntries(
    Object.entries(guessed).map(([key, value]) => {
      const text = query[key];
      if (text === undefined) return [key, value];
      return [key, typeof value === 'number' ? Number(text) : text];
    }),
  );
  return zImportMapping.safeParse(asked).data ?? guessed;
}

/** What the mapping still lacks before any row can be read. */
export function lackOf(mapping: ImportMapping): 'who' | 'time' | 'kind' | undefined {
  if (mapping.who < 0) return 'who';
  if (mapping.shape === 'two') return mapping.inTime < 0 && mapping.outTime < 0 ? 'time' : undefined;
  if (mapping.time < 0) return 'time';
  return mapping.kind < 0 ? 'kind' : undefined;
}

const kindWords = {
  in: /^(i|in|clock.?in|check.?in|punch.?in|start|entry|enter|arrival|上班|签到|进|入|进场|上|上班打卡|上班 in)$/i,
  out: /^(o|out|clock.?out|check.?out|punch.?out|end|exit|leave|departure|下班|签退|出|离|离场|下|下班打卡|下班 out)$/i,
} as const;

export function kindOf(written: string): 'in' | 'out' | undefined {
  const text = written.normalize('NFKC').trim();
  if (kindWords.in.test(text)) return 'in';
  return kindWords.out.test(text) ? 'out' : undefined;
}
