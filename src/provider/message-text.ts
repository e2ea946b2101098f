/** What our messages say, in both languages. A code comes first: phones show the first words. */
import type { Message } from './providers.ts';

export interface MessageText {
  readonly subject: string;
  readonly body: string;
}

export function messageText({ template, locale, values }: Message): MessageText {
  if (template === 'sign-in-code') {
    return locale === 'zh-CN'
      ? {
          subject: `${values.code} 是您的登录验证码`,
          body: `验证码 ${values.code}，${values.minutes} 分钟内有效。如非本人操作，请忽略，切勿告知他人。`,
        }
      : {
          subject: `${values.code} is your sign-in code`,
          body: `Your code is ${values.code}, good for ${values.minutes} minutes. If you did not ask for it, ignore this and tell it to nobody.`,
        };
  }
  return { subject: values.subject ?? '', body: values.body ?? '' };
}
