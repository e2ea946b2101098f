/** The words of crew clocking. */
import { defineWords } from '../web/i18n.ts';

export const crewWords = defineWords('crew', {
  title: ['Clock a crew', '班组打卡'],
  lead: [
    'You vouch that these people are here now. Each of them accepts or disputes it later.',
    '您确认以下人员此刻在场。每个人之后可以确认或提出异议。',
  ],
  in: ['Clock in', '上班打卡'],
  out: ['Clock out', '下班打卡'],
  search: ['Search a name', '搜索姓名'],
  all: ['Select all', '全选'],
  none: ['Select none', '全不选'],
  people: ['Who is here', '在场人员'],
  chosen: ['{{count}} selected', '已选 {{count}} 人'],
  note: ['Why together', '集体打卡原因'],
  noteHint: ['Each worker reads this.', '每位劳动者都会看到。'],
  noteUsual: ['Clocked together at the gate', '现场集体打卡'],
  sendIn: ['Clock them in now', '确认上班'],
  sendOut: ['Clock them out now', '确认下班'],
  nobodyIn: ['Everybody is already in', '所有人都已上班'],
  nobodyInMeans: [
    'Nobody engaged for this site is left to clock in. Clock out is one tap away above.',
    '该地点没有需要上班打卡的人员。可在上方切换到下班打卡。',
  ],
  nobodyOut: ['Nobody is at work', '没有人在岗'],
  nobodyOutMeans: [
    'Nobody engaged for this site is clocked in, so nobody can be clocked out.',
    '该地点没有在岗人员，无需下班打卡。',
  ],
  nobodyEngaged: ['Nobody is engaged for this site', '该地点没有用工人员'],
  nobodyEngagedMeans: [
    'Engage workers for this site first; then they appear here.',
    '请先为该地点建立用工关系，人员会显示在这里。',
  ],
  since: ['in since {{at}}', '{{at}} 上班'],
  last: ['last out {{at}}', '上次下班 {{at}}'],
  never: ['never clocked in', '尚未打过卡'],
  done: ['{{count}} clocked', '已打卡 {{count}} 人'],
  doneMeans: ['Each worker sees it and accepts or disputes it.', '劳动者会看到，并确认或提出异议。'],
  left: ['Left out', '未处理'],
  'already-in': ['was already in', '已在上班'],
  'not-in': ['was not at work', '未在岗'],
  own: ['your own hours: clock yourself', '本人工时，请自行打卡'],
  'not-live': ['engagement is not running', '用工关系不在有效期'],
});
