/** What stands in downloads of punches and hours, column by column. No coordinates: where exactly somebody stood is nobody's business there. */
import type { FileColumn } from '../http/sheet.ts';

export const punchColumns: readonly FileColumn[] = [
  { key: 'name', head: '姓名 Worker', kind: 'text', width: 20 },
  { key: 'engagementId', head: '用工编号 Engagement', kind: 'text', width: 38 },
  { key: 'role', head: '岗位 Work', kind: 'text', width: 18 },
  { key: 'kind', head: '类型 Kind', kind: 'text', width: 12 },
  { key: 'at', head: '计入时间 Counted at', kind: 'text', width: 22 },
  { key: 'site', head: '地点 Site', kind: 'text', width: 24 },
  { key: 'zone', head: '时区 Zone', kind: 'text', width: 18 },
  { key: 'deviceAt', head: '手机时钟 Phone’s clock', kind: 'text', width: 22 },
  { key: 'receivedAt', head: '收到 Received', kind: 'text', width: 22 },
  { key: 'late', head: '延迟送达（秒） Late (s)', kind: 'integer', width: 14 },
  { key: 'verdict', head: '位置判定 Place', kind: 'text', width: 18 },
  { key: 'metres', head: '距离（米） Metres', kind: 'integer', width: 12 },
  { key: 'signed', head: '设备签名 Signed', kind: 'text', width: 12 },
  { key: 'flags', head: '标记 Flags', kind: 'prose', width: 36 },
  { key: 'by', head: '记录人 By', kind: 'text', width: 18 },
  { key: 'correction', head: '更正原因 Correction', kind: 'prose', width: 30 },
  { key: 'voided', head: '作废原因 Voided', kind: 'prose', width: 30 },
  { key: 'id', head: '打卡编号 Punch', kind: 'text', width: 38 },
];

export const entryColumns: readonly FileColumn[] = [
  { key: 'name', head: '姓名 Worker', kind: 'text', width: 20 },
  { key: 'engagementId', head: '用工编号 Engagement', kind: 'text', width: 38 },
  { key: 'role', head: '岗位 Work', kind: 'text', width: 18 },
  { key: 'project', head: '项目 Project', kind: 'text', width: 18 },
  { key: 'day', head: '日期 Day', kind: 'text', width: 12 },
  { key: 'site', head: '地点 Site', kind: 'text', width: 24 },
  { key: 'times', head: '上下班 In–out', kind: 'text', width: 26 },
  { key: 'raw', head: '打卡时长 Clocked', kind: 'duration', width: 12 },
  { key: 'breaks', head: '扣除休息 Unpaid breaks', kind: 'duration', width: 12 },
  { key: 'paid', head: '计酬时长 Paid', kind: 'duration', width: 12 },
  { key: 'units', head: '计件 Units', kind: 'text', width: 18 },
  { key: 'exceptions', head: '异常 To look at', kind: 'prose', width: 44 },
  { key: 'state', head: '状态 State', kind: 'text', width: 18 },
];

export const downloadFormats = ['csv', 'xlsx'] as const;
export type DownloadFormat = (typeof downloadFormats)[number];
export const downloadKinds = ['punches', 'entries'] as const;
export type DownloadKind = (typeof downloadKinds)[number];

export const columnsOf = { punches: punchColumns, entries: entryColumns } as const;
/** Spreadsheets open a file of so many rows; a CSV goes on to other programs. */
export const rowsMax: Readonly<Record<DownloadFormat, number>> = { csv: 200_000, xlsx: 20_000 };

export const bothLanguages = {
  in: '上班 in',
  out: '下班 out',
  inside: '范围内 inside',
  outside: '范围外 outside',
  uncertain: '无法确定 uncertain',
  'no-position': '无定位 no position',
  import: '导入 imported',
  supervisor: '主管确认 supervisor’s word',
  yes: '是 yes',
  no: '否 no',
} as const;
