/** A message channel that keeps what it was given, for tests that read their own codes. */
import type { Message, Messages } from '../../src/provider/providers.ts';

export function keptMessages() {
  const sent: Message[] = [];
  let failures = 0;
  const messages: Messages = {
    channels: ['sms', 'email'],
    send: async (message) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the channel is down');
      }
      sent.push(message);
    },
  };
  /** The last code that went to an address. */
  const codeTo = (address: string): string =>
    sent.findLast(({ to }) => to.address === address)?.values.code ?? '';
  const failNextMessages = (times: number) => {
    failures = times;
  };
  return { messages, sent, codeTo, failNextMessages };
}
