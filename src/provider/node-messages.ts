/** Messages on Node: SMTP, Tencent Cloud SMS, or the terminal while the origin is localhost and neither is set. */
import { createTransport } from 'nodemailer';
import { messageText } from './message-text.ts';
import type { Messages } from './providers.ts';
import { sendTencentSms, type TencentSms } from './tencent-sms.ts';
import { noMessages, terminalMessages } from './terminal-messages.ts';

export interface MessageSettings {
  readonly smtp?: { readonly url: string; readonly from: string };
  readonly sms?: TencentSms;
  /** Codes may appear in the terminal: only while nobody but this machine can open the origin. */
  readonly terminal: boolean;
}

export function nodeMessages(
  settings: MessageSettings,
  print: (line: string) => void = console.log,
): Messages {
  const { smtp, sms } = settings;
  if (!smtp && !sms) return settings.terminal ? terminalMessages(print) : noMessages;
  const transport = smtp && createTransport(smtp.url, { from: smtp.from });
  return {
    channels: [...(sms ? (['sms'] as const) : []), ...(smtp ? (['email'] as const) : [])],
    async send(message) {
      if (message.to.channel === 'sms' && sms) return sendTencentSms(sms, message, Date.now());
      if (message.to.channel !== 'email' || !transport) return noMessages.send(message);
      const { subject, body } = messageText(message);
      await transport.sendMail({ to: message.to.address, subject, text: body });
    },
  };
}

/** Whether the mail server answers and takes our name; the reason when not. */
export async function smtpTrouble(url: string): Promise<string | undefined> {
  try {
    await createTransport(url, { connectionTimeout: 5000, greetingTimeout: 5000 } as never).verify();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
