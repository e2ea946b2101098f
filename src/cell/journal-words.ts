/** Words of the journal's page. */
import { defineWords } from '../web/i18n.ts';

export const journalWords = defineWords('journal', {
  title: ['Journal', '存证日志'],
  lead: [
    'Every write, in order; each entry is hashed over the one before.',
    '所有写入按序记录，每条记录的哈希覆盖前一条。',
  ],
  seq: ['No.', '序号'],
  at: ['When', '时间'],
  actor: ['Who', '操作人'],
  kind: ['What', '事项'],
  subject: ['Of', '对象'],
  hash: ['Hash', '哈希'],
  verify: ['Verify all', '校验全部'],
  holds: ['The journal holds', '日志完整'],
  holdsMeans: [
    '{{seq}} entries and their rows were checked. Head: {{hash}}',
    '已核对 {{seq}} 条记录及其数据。末条哈希：{{hash}}',
  ],
  broken: ['The journal does not hold', '日志不完整'],
  brokenAt: ['Entry {{seq}}: {{why}}', '第 {{seq}} 条：{{why}}'],
  gap: ['an entry is missing before it', '之前缺少记录'],
  hashDiffers: ['its hash does not fit', '哈希不符'],
  rowMissing: ['its row is gone', '对应数据缺失'],
  rowChanged: ['its row was changed', '对应数据被改动'],
  rowUnjournaled: ['a row of kind {{kind}} has no entry', '{{kind}} 有数据未记入日志'],
  newest: ['Newest entries', '最新记录'],
  pages: ['Pages of the journal', '日志翻页'],
  operator: ['the operator', '平台'],
  kiosk: ['a site’s tablet', '现场平板'],
  older: ['Older entries', '更早的记录'],
  system: ['the service', '系统'],
  empty: ['Nothing has happened yet', '暂无记录'],
});
