/**
 * The tables of the directory: accounts, keys, and an index of memberships. On Node one file holds every shard; on
 * the edge a shard is one object, addressed by person id or by the keyed hash of something unique. No query joins two
 * people.
 */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../src/kernel/time.ts';

const at = (name = 'at') => text(name).$type<Instant>().notNull();
const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull();

// ---- shard: person id

export const accounts = sqliteTable('accounts', {
  personId: text('person_id').primaryKey(),
  displayName: text('display_name').notNull(),
  locale: text('locale').notNull(),
  createdAt: at('created_at'),
  /** Sessions issued before this are dead at their next renewal. */
  sessionsSince: at('sessions_since'),
});
export const passkeys = sqliteTable(
  'passkeys',
  {
    credentialId: text('credential_id').primaryKey(),
    personId: text('person_id').notNull(),
    /** COSE key, base64url. */
    publicKey: text('public_key').notNull(),
    counter: integer('counter').notNull(),
    transports: text('transports').notNull(),
    backedUp: flag('backed_up'),
    deviceType: text('device_type').notNull(),
    /** JSON of the whole registration response and its challenge: the key's enrolment ceremony, kept as evidence. */
    enrolment: text('enrolment').notNull(),
    createdAt: at('created_at'),
    /** Of the last sign-in. */
    usedAt: text('used_at').$type<Instant>(),
    revokedAt: text('revoked_at').$type<Instant>(),
  },
  (t) => [index('passkeys_person').on(t.personId)],
);
export const devices = sqliteTable(
  'devices',
  {
    deviceId: text('device_id').primaryKey(),
    personId: text('person_id').notNull(),
    /** JWK of a P-256 key whose private half cannot leave the phone's browser. */
    publicKey: text('public_key').notNull(),
    label: text('label').notNull(),
    boundBy: text('bound_by', { enum: ['passkey', 'code', 'supervisor'] }).notNull(),
    /** JSON: what bound it (session grade and masked handle, or the supervisor and employer). */
    enrolment: text('enrolment').notNull(),
    createdAt: at('created_at'),
    revokedAt: text('revoked_at').$type<Instant>(),
  },
  (t) => [index('devices_person').on(t.personId)],
);
/** Challenges that were answered: each is good once. Rows die with the ceremony's life. Shard of a device's: itself. */
export const spentChallenges = sqliteTable(
  'spent_challenges',
  {
    challenge: text('challenge').primaryKey(),
    /** The client-named id it was spent on, so that a repeated request is not refused. */
    spentFor: text('spent_for'),
    spentAt: at('spent_at'),
  },
  (t) => [index('spent_challenges_at').on(t.spentAt)],
);
/** Where a person is reached: the newest proved address of a channel, sealed. */
export const addresses = sqliteTable(
  'addresses',
  {
    personId: text('person_id').notNull(),
    channel: text('channel', { enum: ['sms', 'email'] }).notNull(),
    addressSealed: text('address_sealed').notNull(),
    masked: text('masked').notNull(),
    provedAt: at('proved_at'),
  },
  (t) => [primaryKey({ columns: [t.personId, t.channel] })],
);
/** Messages that were given to a channel: each goes out once, also when its sender did not hear so. */
export const sentMessages = sqliteTable('sent_messages', {
  id: text('id').primaryKey(),
  personId: text('person_id').notNull(),
  at: at(),
});
/** Repairable from cells. */
export const memberships = sqliteTable(
  'memberships',
  {
    personId: text('person_id').notNull(),
    orgId: text('org_id').notNull(),
    orgName: text('org_name').notNull(),
    standing: text('standing').notNull(),
    at: at(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.orgId] })],
);

// ---- shard: keyed hash of a phone number or e-mail address

export const handles = sqliteTable('handles', {
  handleHash: text('handle_hash').primaryKey(),
  personId: text('person_id').notNull(),
  createdAt: at('created_at'),
});
export const codes = sqliteTable(
  'codes',
  {
    id: text('id').primaryKey(),
    handleHash: text('handle_hash').notNull(),
    codeHash: text('code_hash').notNull(),
    attempts: integer('attempts').notNull(),
    expiresAt: at('expires_at'),
    /** When it was issued; `sends` counts the tries to send it. */
    sentAt: at('sent_at'),
    sends: integer('sends').notNull(),
    deliveredAt: text('delivered_at').$type<Instant>(),
    spentAt: text('spent_at').$type<Instant>(),
  },
  (t) => [index('codes_handle').on(t.handleHash, t.sentAt)],
);

// ---- shard: keyed hash of who asks, or of the gate they stand at

/** What is limited an hour. A repeated request counts once. */
export const attempts = sqliteTable(
  'attempts',
  { key: text('key').notNull(), id: text('id').notNull(), at: at() },
  (t) => [primaryKey({ columns: [t.key, t.id] }), index('attempts_at').on(t.at)],
);

// ---- shard: enrolment id (a phone waiting for a supervisor's scan)

export const enrolments = sqliteTable('enrolments', {
  id: text('id').primaryKey(),
  orgId: text('org_id').notNull(),
  inviteToken: text('invite_token').notNull(),
  displayName: text('display_name').notNull(),
  deviceId: text('device_id').notNull(),
  publicKey: text('public_key').notNull(),
  checkWord: text('check_word').notNull(),
  expiresAt: at('expires_at'),
  confirmedBy: text('confirmed_by'),
  personId: text('person_id'),
});

// ---- shard: 'deployment'

/** Who runs this deployment: the one whose time has not ended. */
export const operators = sqliteTable('operators', {
  personId: text('person_id').primaryKey(),
  at: at(),
  endedAt: text('ended_at').$type<Instant>(),
});
export const registrations = sqliteTable('registrations', {
  tokenHash: text('token_hash').primaryKey(),
  label: text('label').notNull(),
  expiresAt: at('expires_at'),
  usedBy: text('used_by'),
});
/** Index of employers for the operator; repairable from cells. */
export const orgs = sqliteTable('orgs', {
  orgId: text('org_id').primaryKey(),
  name: text('name').notNull(),
  registrationCode: text('registration_code').notNull(),
  createdAt: at('created_at'),
  licenceAt: text('licence_at').$type<Instant>(),
  reviewedAt: text('reviewed_at').$type<Instant>(),
  verified: flag('verified'),
});
