/** The words of downloads. */
import { defineWords } from '../web/i18n.ts';

export const downloadWords = defineWords('hours-download', {
  allWorkers: ['Everybody', '全部人员'],
  csv: ['CSV', 'CSV'],
  download: ['Download', '下载'],
  downloads: ['Downloads', '下载打卡与工时'],
  downloadsLead: [
    'Punches with their verdicts, or hours day by day, as a file. Who took which is written into the journal.',
    '导出打卡及判定，或每日工时。下载人和内容会记入存证日志。',
  ],
  endsOn: ['To', '结束日期'],
  entries: ['Hours by day', '每日工时'],
  format: ['Format', '格式'],
  noCoordinates: [
    'Positions are left out: a file says inside or outside and how far, never where exactly.',
    '文件不含定位坐标，仅注明范围内外及距离。',
  ],
  punches: ['Punches', '打卡记录'],
  startsOn: ['From', '开始日期'],
  what: ['What', '内容'],
  xlsx: ['Excel (XLSX)', 'Excel（XLSX）'],
});
