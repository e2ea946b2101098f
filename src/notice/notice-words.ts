/** The words of the inbox. */
import { defineWords } from '../web/i18n.ts';

export const noticeWords = defineWords('notice', {
  title: ['Notices', '消息'],
  none: ['No notices', '暂无消息'],
  noneMeans: [
    'What needs you, and what was decided, appears here.',
    '需要您处理的事项和处理结果会显示在这里。',
  ],
  unread: ['new', '未读'],
  open: ['Open', '查看'],
  allRead: ['Mark all as read', '全部标为已读'],
  mailed: [
    'They are also sent by e-mail to who signs in with an e-mail address.',
    '使用邮箱登录的账户，同时会收到邮件。',
  ],
});
