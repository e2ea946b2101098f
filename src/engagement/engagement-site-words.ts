/** Words of an engagement's list of sites on the person's page. */
import { defineWords } from '../web/i18n.ts';

export const engagementSiteWords = defineWords('engagement-site', {
  change: ['Change the sites', '变更工作地点'],
  means: [
    'Punches at another site are kept and marked. A change counts from now on; earlier punches stay as they were judged.',
    '在其他地点打卡同样保留，并加以标记。变更自保存时起生效，此前的打卡不受影响。',
  ],
  site: ['Site', '工作地点'],
  add: ['Add the site', '添加地点'],
  remove: ['Remove the site', '移除地点'],
  removeAsk: ['Remove this site from the list?', '从列表中移除该地点？'],
  reason: ['Reason', '原因'],
  changes: ['Changes so far', '变更记录'],
  when: ['When', '时间'],
  what: ['Change', '变更'],
  added: ['added', '添加'],
  removed: ['removed', '移除'],
  by: ['By', '操作人'],
});
