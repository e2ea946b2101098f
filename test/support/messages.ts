/** A message channel that keeps what it was given, for tests that read their own codes. */
import type { Message, Messages } from '../../src/provider/providers.ts';

export function keptMessages() {
  const sent: Message[] = [];
  const messages: Messages = {
    channels: ['sms', 'email'],
    send: async (message) => void sent.push(message),
  };
  /** The last code that went to an address. */
  const codeTo = (address: string): string =>
    sent.findLast(({ to }) => to.address === address)?.values.code ?? '';
  return { messages, sent, codeTo };
}
