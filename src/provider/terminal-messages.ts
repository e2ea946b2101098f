/** Messages where no channel is set up: in the terminal while only this machine can open the origin, else nowhere. */
import { messageText } from './message-text.ts';
import type { Messages } from './providers.ts';

export function terminalMessages(print: (line: string) => void): Messages {
  return {
    channels: ['sms', 'email'],
    terminal: true,
    send: async (message) => print(`To ${message.to.address}: ${messageText(message).body}`),
  };
}

export const noMessages: Messages = {
  channels: [],
  send: async ({ to }) => {
    throw new Error(`no way to send by ${to.channel}`);
  },
};
