/** Where a person is reached: proved addresses, sealed under the deployment's key, and what was sent to them. */
import { and, eq } from 'drizzle-orm';
import { addresses, sentMessages } from '../../db/directory.ts';
import { openText, sealText } from '../kernel/digest.ts';
import type { Instant } from '../kernel/time.ts';
import type { Messages, PersonMessage } from '../provider/providers.ts';
import type { Store } from '../store/commit.ts';
import type { Directory } from './directory.ts';
import { type Channel, maskedAddress } from './handle.ts';

export interface ProvedAddress {
  readonly personId: string;
  readonly channel: Channel;
  readonly addressSealed: string;
  readonly masked: string;
}

const contextOf = (personId: string, channel: Channel) => `addresses ${personId} ${channel}`;

export function sealedAddress(
  key: Uint8Array,
  { personId, channel, address }: { personId: string; channel: Channel; address: string },
): ProvedAddress {
  return {
    personId,
    channel,
    addressSealed: sealText(key, address, contextOf(personId, channel)),
    masked: maskedAddress(channel, address),
  };
}

/** The newest counts. */
export function putAddress(store: Store, input: ProvedAddress, at: Instant): Promise<void> {
  const { addressSealed, masked } = input;
  return store.commit((tx) => {
    tx.insert(addresses)
      .values({ ...input, provedAt: at })
      .onConflictDoUpdate({
        target: [addresses.personId, addresses.channel],
        set: { addressSealed, masked, provedAt: at },
      })
      .run();
  });
}

export function addressesOf(store: Store, { personId }: { personId: string }) {
  return store.db.select().from(addresses).where(eq(addresses.personId, personId)).all();
}

/** Whether this caller is the one who sends it. */
export function claimMessage(
  store: Store,
  { id, personId }: { id: string; personId: string },
  at: Instant,
): Promise<{ due: boolean }> {
  return store.commit((tx) => {
    const row = tx
      .insert(sentMessages)
      .values({ id, personId, at })
      .onConflictDoNothing()
      .returning({ id: sentMessages.id })
      .get();
    return { due: row !== undefined };
  });
}

/** The channel did not take it: whoever tries next sends it. */
export function releaseMessage(
  store: Store,
  { id, personId }: { id: string; personId: string },
): Promise<void> {
  return store.commit((tx) => {
    tx.delete(sentMessages)
      .where(and(eq(sentMessages.id, id), eq(sentMessages.personId, personId)))
      .run();
  });
}

/** What is needed to send: the channels, the key that addresses are sealed with, and where our pages are. */
export interface Post {
  readonly messages: Messages;
  readonly addressKey: Uint8Array;
  readonly publicUrl: string;
}

/**
 * Claimed first, then sent: a crash between the two loses an e-mail, which the inbox has as well; the other order would
 * send it twice.
 */
export async function notify(directory: Directory, post: Post, message: PersonMessage): Promise<void> {
  const { personId, id, link, texts } = message;
  if (!post.messages.channels.includes('email')) return;
  const known = await directory.call(personId, 'addressesOf', { personId });
  const email = known.find(({ channel }) => channel === 'email');
  if (!email) return;
  const account = await directory.call(personId, 'accountOf', { personId });
  const locale = account?.locale === 'en' ? 'en' : 'zh-CN';
  const { due } = await directory.call(personId, 'claimMessage', { id, personId });
  if (!due) return;
  const { title, body } = texts[locale];
  const to = {
    channel: 'email' as const,
    address: openText(post.addressKey, email.addressSealed, contextOf(personId, 'email')),
  };
  const values = { subject: title, body: `${body}\n\n${post.publicUrl}${link}` };
  try {
    await post.messages.send({ to, locale, template: 'notice', values });
  } catch (error) {
    await directory.call(personId, 'releaseMessage', { id, personId });
    throw error;
  }
}
