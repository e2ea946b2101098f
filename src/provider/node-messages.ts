/** Messages on Node: SMTP, Tencent Cloud SMS, or the terminal while the origin is localhost and neither is set. */
import { createTransport } from 'nodemailer';
import { messageText } from './message-text.ts';
import type { Message, Messages } from './providers.ts';
import { sendTencentSms, type TencentSms } from './tencent-sms.ts';

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
  if (!smtp && !sms)
    return settings.terminal ? terminalMessages(print) : { channels: [], send: refuseToSend };
  const transport = smtp && createTransport(smtp.url, { from: smtp.from });
  return {
    channels: [...(sms ? (['sms'] as const) : []), ...(smtp ? (['email'] as const) : [])],
    async send(message) {
      if (message.to.channel === 'sms' && sms) return sendTencentSms(sms, message, Date.now());
      if (message.to.channel !== 'email' || !transport) return refuseToSend(message);
      const { subject, body } = messageText(message);
      await transport.sendMail({ to: message.to.address, subject, text: body });
    },
  };
}

function terminalMessages(print: (line: string) => void): Messages {
  return {
    channels: ['sms', 'email'],
    terminal: true,
    send: async (message) => print(`To ${message.to.address}: ${messageText(message).body}`),
  };
}

async function refuseToSend({ to }: Message): Promise<void> {
  throw new Error(`no way to send by ${to.channel}`);
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
