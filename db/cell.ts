/**
 * The tables of a cell. A row that says something happened is never changed or deleted: a state is another row with
 * who and when. `journaled` is the closed list of what the journal records, kind by kind, and the row of each.
 *
 * `…Sealed` columns are AES-256-GCM under the cell's field key; `…At` is an instant, `…On` a civil date, `by` the
 * actor as `actorText` writes it. Digests are base64url SHA-256. Money is minor units of the employer's currency.
 */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Datum } from '../src/kernel/geo.ts';
import type { Minor } from '../src/kernel/money.ts';
import type { CivilDate, Instant, PayPeriodKind } from '../src/kernel/time.ts';

const id = () => text('id').primaryKey();
const at = (name = 'at') => text(name).$type<Instant>().notNull();
const by = (name = 'by') => text(name).notNull();
const on = (name: string) => text(name).$type<CivilDate>();
const money = (name: string) => integer(name).$type<Minor>();
const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull();

// ---- the house itself

/** One entry a write. The hash covers the entry and the hash before it (see store/journal.ts). */
export const journal = sqliteTable(
  'journal',
  {
    seq: integer('seq').primaryKey(),
    at: at(),
    actor: text('actor').notNull(),
    kind: text('kind').$type<JournalKind>().notNull(),
    subject: text('subject').notNull(),
    digest: text('digest').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('journal_subject').on(t.subject)],
);

/** What must reach another database; moved by tick to an idempotent receiver. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: id(),
    topic: text('topic').notNull(),
    payload: text('payload').notNull(),
    createdAt: at('created_at'),
    /** Not before; moves on with back-off after each failure. */
    dueAt: at('due_at'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    deliveredAt: text('delivered_at').$type<Instant>(),
  },
  (t) => [index('outbox_due').on(t.deliveredAt, t.dueAt)],
);

/** What a person should know: their inbox here. A reading is all that changes in a row. */
export const notices = sqliteTable(
  'notices',
  {
    id: id(),
    personId: text('person_id').notNull(),
    kind: text('kind').notNull(),
    /** JSON of what fills its words. */
    params: text('params').notNull(),
    /** A page of this employer. */
    link: text('link').notNull(),
    at: at(),
    readAt: text('read_at').$type<Instant>(),
  },
  (t) => [index('notices_unread').on(t.personId, t.readAt), index('notices_person').on(t.personId, t.at)],
);

/** The cell's own key, wrapped by the deployment's: dropping it sheds what it sealed. */
export const cellKeys = sqliteTable('cell_keys', {
  id: id(),
  wrapped: text('wrapped').notNull(),
  createdAt: at('created_at'),
});

// ---- employer

export const employers = sqliteTable('employers', {
  id: id(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  /** GB 32100 unified social credit code; another registration number outside China. */
  registrationCode: text('registration_code').notNull(),
  address: text('address').notNull(),
  representative: text('representative').notNull(),
  payerKind: text('payer_kind', { enum: ['ordinary', 'platform'] }).notNull(),
  currency: text('currency').notNull(),
  zone: text('zone').notNull(),
  at: at(),
  by: by(),
});
export const employerLicences = sqliteTable('employer_licences', {
  id: id(),
  fileId: text('file_id').notNull(),
  at: at(),
  by: by(),
});
/** The operator's word on a licence. The last row counts. */
export const employerReviews = sqliteTable('employer_reviews', {
  id: id(),
  licenceId: text('licence_id').notNull(),
  decision: text('decision', { enum: ['accepted', 'refused'] }).notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** The last row of a name counts, e.g. `second-approver` = `off`. */
export const employerSettings = sqliteTable('employer_settings', {
  id: id(),
  name: text('name').notNull(),
  value: text('value').notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});

export const memberRole = ['owner', 'hr', 'supervisor', 'approver'] as const;
export type MemberRole = (typeof memberRole)[number];
export const members = sqliteTable('members', {
  id: id(),
  personId: text('person_id').notNull().unique(),
  displayName: text('display_name').notNull(),
  at: at(),
  by: by(),
});
/** A supervisor's grant names a site, an approver's a client; owner and hr name neither. */
export const roleGrants = sqliteTable(
  'role_grants',
  {
    id: id(),
    memberId: text('member_id').notNull(),
    role: text('role', { enum: memberRole }).notNull(),
    siteId: text('site_id'),
    clientId: text('client_id'),
    at: at(),
    by: by(),
  },
  (t) => [index('role_grants_member').on(t.memberId)],
);
export const roleRevocations = sqliteTable('role_revocations', {
  /** The grant's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});

export const clients = sqliteTable('clients', { id: id(), name: text('name').notNull(), at: at(), by: by() });
export const sites = sqliteTable('sites', {
  id: id(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  zone: text('zone').notNull(),
  /** Null: the employer's own. */
  clientId: text('client_id'),
  at: at(),
  by: by(),
});
/** A drawing of circles and polygons. The last row of a site counts from its `at` on. WGS-84 is what is computed with. */
export const geofences = sqliteTable(
  'geofences',
  {
    id: id(),
    siteId: text('site_id').notNull(),
    /** JSON of a Drawing, as drawn: shapes and their datum. */
    shapes: text('shapes').notNull(),
    /** JSON of WgsShape[] (kernel/shape.ts). */
    wgsShapes: text('wgs_shapes').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('geofences_site').on(t.siteId)],
);

/** How a site judges clock-ins and counts hours (see employer/site-policy.ts). The last row in force on a day counts. */
export const sitePolicies = sqliteTable(
  'site_policies',
  {
    id: id(),
    siteId: text('site_id').notNull(),
    effectiveOn: on('effective_on').notNull(),
    /** JSON of a SitePolicy. */
    rules: text('rules').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('site_policies_site').on(t.siteId)],
);

/** A link and QR code: for one worker, a group of workers, or a member. The token itself is never stored. */
export const invitations = sqliteTable('invitations', {
  id: id(),
  kind: text('kind', { enum: ['worker', 'member'] }).notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  label: text('label').notNull(),
  cap: integer('cap').notNull(),
  expiresAt: at('expires_at'),
  approvalRequired: flag('approval_required'),
  /** For members: JSON [{role, siteId?, clientId?}]. */
  roles: text('roles').notNull(),
  at: at(),
  by: by(),
});
export const invitationRevocations = sqliteTable('invitation_revocations', { id: id(), at: at(), by: by() });
/** Somebody used a link. One row a person. */
export const invitationUses = sqliteTable(
  'invitation_uses',
  {
    id: id(),
    invitationId: text('invitation_id').notNull(),
    personId: text('person_id').notNull(),
    displayName: text('display_name').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [uniqueIndex('invitation_uses_person').on(t.invitationId, t.personId)],
);

// ---- identity: who a worker is here

/** Admitted by an invitation, or by its approval. */
export const workers = sqliteTable('workers', {
  id: id(),
  personId: text('person_id').notNull().unique(),
  displayName: text('display_name').notNull(),
  invitationId: text('invitation_id'),
  at: at(),
  by: by(),
});
export const admissionRefusals = sqliteTable('admission_refusals', {
  /** The invitation use's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
export const consents = sqliteTable(
  'consents',
  {
    id: id(),
    workerId: text('worker_id').notNull(),
    purpose: text('purpose').notNull(),
    noticeVersion: text('notice_version').notNull(),
    noticeDigest: text('notice_digest').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('consents_worker').on(t.workerId)],
);
export const consentWithdrawals = sqliteTable('consent_withdrawals', { id: id(), at: at(), by: by() });
export const identityClaims = sqliteTable(
  'identity_claims',
  {
    id: id(),
    workerId: text('worker_id').notNull(),
    legalName: text('legal_name').notNull(),
    documentKind: text('document_kind').notNull(),
    documentNumberSealed: text('document_number_sealed').notNull(),
    /** Keyed hash under the cell's index key, for finding the same document again. */
    documentIndex: text('document_index').notNull(),
    documentMasked: text('document_masked').notNull(),
    country: text('country').notNull(),
    birthOn: on('birth_on').notNull(),
    expiresOn: on('expires_on'),
    /** JSON [{side, fileId}]. */
    photos: text('photos').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [
    index('identity_claims_worker').on(t.workerId),
    index('identity_claims_document').on(t.documentIndex),
  ],
);
export const identityReviews = sqliteTable('identity_reviews', {
  id: id(),
  claimId: text('claim_id').notNull().unique(),
  decision: text('decision', { enum: ['accepted', 'refused'] }).notNull(),
  reason: text('reason').notNull(),
  provider: text('provider').notNull(),
  at: at(),
  by: by(),
});
export const identityReveals = sqliteTable('identity_reveals', {
  id: id(),
  claimId: text('claim_id').notNull(),
  what: text('what').notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
export const payoutAccountKinds = ['bank-card', 'iban', 'aba', 'wechat', 'alipay'] as const;
export type PayoutAccountKind = (typeof payoutAccountKinds)[number];
/** Of a worker the last row that is effective and not withdrawn counts. */
export const payoutAccounts = sqliteTable(
  'payout_accounts',
  {
    id: id(),
    workerId: text('worker_id').notNull(),
    kind: text('kind', { enum: payoutAccountKinds }).notNull(),
    /** ABA routing number, BIC, or the bank's CNAPS number. */
    routingCode: text('routing_code'),
    bankName: text('bank_name').notNull(),
    holderName: text('holder_name').notNull(),
    numberSealed: text('number_sealed').notNull(),
    numberMasked: text('number_masked').notNull(),
    /** From when it is paid to: after the cool-down, when another one was in force. */
    effectiveAt: at('effective_at'),
    at: at(),
    by: by(),
  },
  (t) => [index('payout_accounts_worker').on(t.workerId)],
);
/** A change that its worker took back before it came into force. */
export const payoutAccountWithdrawals = sqliteTable('payout_account_withdrawals', {
  /** The account's id. */
  id: id(),
  at: at(),
  by: by(),
});

/** A phone's key, copied from its owner's account so that it alone says whose a punch is. */
export const workerDevices = sqliteTable(
  'worker_devices',
  {
    /** The device's id. */
    id: id(),
    workerId: text('worker_id').notNull(),
    /** JWK of a P-256 key whose private half cannot leave the phone's browser. */
    publicKey: text('public_key').notNull(),
    label: text('label').notNull(),
    boundBy: text('bound_by', { enum: ['passkey', 'code', 'supervisor'] }).notNull(),
    /** Of the browser: the same for everybody who uses it. */
    installation: text('installation').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [
    index('worker_devices_worker').on(t.workerId),
    index('worker_devices_installation').on(t.installation),
  ],
);
export const workerDeviceRevocations = sqliteTable('worker_device_revocations', {
  /** The device's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});

// ---- work: engagement to approved hours

export const relationship = ['service', 'part-time', 'labour', 'new-form', 'intern', 'sole-trader'] as const;
export const engagements = sqliteTable(
  'engagements',
  {
    id: id(),
    workerId: text('worker_id').notNull(),
    roleTitle: text('role_title').notNull(),
    relationship: text('relationship', { enum: relationship }).notNull(),
    /** Payments for one project in one month are one payment for tax. */
    project: text('project').notNull(),
    payPeriod: text('pay_period').$type<PayPeriodKind>().notNull(),
    startsOn: on('starts_on').notNull(),
    endsOn: on('ends_on'),
    at: at(),
    by: by(),
  },
  (t) => [index('engagements_worker').on(t.workerId)],
);
/** Where an engagement's work is, now. */
export const engagementSites = sqliteTable(
  'engagement_sites',
  { engagementId: text('engagement_id').notNull(), siteId: text('site_id').notNull() },
  (t) => [primaryKey({ columns: [t.engagementId, t.siteId] }), index('engagement_sites_site').on(t.siteId)],
);
/** Where somebody may work was changed after it was agreed; `engagement_sites` is the list as it is now. */
export const engagementSiteChanges = sqliteTable(
  'engagement_site_changes',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    siteId: text('site_id').notNull(),
    change: text('change', { enum: ['added', 'removed'] }).notNull(),
    reason: text('reason').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('engagement_site_changes_engagement').on(t.engagementId)],
);
/** The last day of work is `endsOn`. */
export const engagementEnds = sqliteTable('engagement_ends', {
  /** The engagement's id. */
  id: id(),
  endsOn: on('ends_on').notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
export const payTerms = sqliteTable(
  'pay_terms',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    /** Null: wherever no terms of the place speak. */
    siteId: text('site_id'),
    effectiveOn: on('effective_on').notNull(),
    hourlyRateMinor: money('hourly_rate_minor'),
    /** JSON of PayRules: other rates, premiums and allowances (see earning/pay-rules.ts). Null: none of them. */
    rules: text('rules'),
    at: at(),
    by: by(),
  },
  (t) => [index('pay_terms_effective').on(t.engagementId, t.effectiveOn)],
);
/** Money beside what is worked for; a run takes it up once. Amounts are positive, the kind says which way they go. */
export const payAdjustments = sqliteTable(
  'pay_adjustments',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    kind: text('kind', { enum: ['bonus', 'reimbursement', 'deduction', 'advance'] }).notNull(),
    amountMinor: money('amount_minor').notNull(),
    /** An advance was paid on this day; anything else is of it. Runs that pay on it or later take it up. */
    effectiveOn: on('effective_on').notNull(),
    /** The worker reads it. */
    reason: text('reason').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('pay_adjustments_engagement').on(t.engagementId)],
);
/** Taken back before an approved run took it up. */
export const payAdjustmentWithdrawals = sqliteTable('pay_adjustment_withdrawals', {
  /** The adjustment's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** A holiday, minimum wage or heat allowance as the employer knows it better than the shipped data. Of one key the last row counts. */
export const payDatumCorrections = sqliteTable('pay_datum_corrections', {
  id: id(),
  of: text('of', { enum: ['holiday', 'minimum-wage', 'heat-allowance'] }).notNull(),
  /** JSON of what it says (see earning/pay-data.ts). */
  value: text('value').notNull(),
  /** Where it stands written. */
  source: text('source').notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});

// ---- what a contract may say

/** An employer's own contract template. Each save is another row with the next number; the last counts for new contracts. */
export const contractTemplateVersions = sqliteTable(
  'contract_template_versions',
  {
    id: id(),
    templateId: text('template_id').notNull(),
    number: integer('number').notNull(),
    /** The shipped template that the first version was copied from, and its version. */
    copiedFrom: text('copied_from').notNull(),
    body: text('body').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [uniqueIndex('contract_template_versions_number').on(t.templateId, t.number)],
);
/** No longer offered; contracts made from it stay. */
export const contractTemplateRetirements = sqliteTable('contract_template_retirements', {
  /** The template's id. */
  id: id(),
  at: at(),
  by: by(),
});

// ---- shifts: planned work

/** A usual shift of a site, to plan with. Times are `HH:mm` on the site's clocks; an end at or before the start is the next day's. */
export const shiftTemplates = sqliteTable(
  'shift_templates',
  {
    id: id(),
    siteId: text('site_id').notNull(),
    name: text('name').notNull(),
    startTime: text('start_time').notNull(),
    endTime: text('end_time').notNull(),
    /** JSON of BreakRule[] (shift/shift.ts). Null: the site's own. */
    breaks: text('breaks'),
    earlySeconds: integer('early_seconds'),
    lateSeconds: integer('late_seconds'),
    at: at(),
    by: by(),
  },
  (t) => [index('shift_templates_site').on(t.siteId)],
);
/** No longer offered; shifts made from it stay. */
export const shiftTemplateEnds = sqliteTable('shift_template_ends', {
  /** The template's id. */
  id: id(),
  at: at(),
  by: by(),
});
/** Templates in a pattern of weeks. Lines: JSON of RosterLine[] (shift/roster.ts). */
export const rosters = sqliteTable(
  'rosters',
  {
    id: id(),
    siteId: text('site_id').notNull(),
    name: text('name').notNull(),
    /** In the pattern's first week. */
    startsOn: on('starts_on').notNull(),
    endsOn: on('ends_on'),
    everyWeeks: integer('every_weeks').notNull(),
    lines: text('lines').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('rosters_site').on(t.siteId)],
);
export const rosterEnds = sqliteTable('roster_ends', {
  /** The roster's id. */
  id: id(),
  at: at(),
  by: by(),
});
/** A roster was made into drafts for these days. */
export const rosterExpansions = sqliteTable('roster_expansions', {
  id: id(),
  rosterId: text('roster_id').notNull(),
  startsOn: on('starts_on').notNull(),
  endsOn: on('ends_on').notNull(),
  shifts: integer('shifts').notNull(),
  at: at(),
  by: by(),
});
/** What a planner wants of a shift. The newest row of a shift is its draft; what workers go by is the one published last. */
export const shiftDrafts = sqliteTable(
  'shift_drafts',
  {
    id: id(),
    shiftId: text('shift_id').notNull(),
    siteId: text('site_id').notNull(),
    /** The civil day it starts in the site's zone. */
    day: on('day').notNull(),
    startTime: text('start_time').notNull(),
    endsOn: on('ends_on').notNull(),
    endTime: text('end_time').notNull(),
    startsAt: at('starts_at'),
    endsAt: at('ends_at'),
    /** JSON list: where its workers may clock, the site itself included. */
    siteIds: text('site_ids').notNull(),
    /** JSON of BreakRule[]. Null: the site's own, as of early and late. */
    breaks: text('breaks'),
    earlySeconds: integer('early_seconds'),
    lateSeconds: integer('late_seconds'),
    /** JSON lists of engagements: who is to work it, and who did when this was written. Publishing changes the difference. */
    engagementIds: text('engagement_ids').notNull(),
    assignedThen: text('assigned_then').notNull(),
    /** Beside those named, for whoever claims first. */
    openPlaces: integer('open_places').notNull(),
    note: text('note').notNull(),
    /** Of what the roster made it: never made twice. */
    rosterKey: text('roster_key'),
    at: at(),
    by: by(),
  },
  (t) => [
    index('shift_drafts_shift').on(t.shiftId),
    index('shift_drafts_day').on(t.day, t.siteId),
    index('shift_drafts_roster').on(t.rosterKey),
  ],
);
/** From here on workers go by this draft. The last row of a shift counts. */
export const shiftPublications = sqliteTable(
  'shift_publications',
  {
    id: id(),
    /** One act publishes many; its sender named it. */
    batchId: text('batch_id').notNull(),
    shiftId: text('shift_id').notNull(),
    draftId: text('draft_id').notNull(),
    /** JSON of the RestWarning[] that the publisher saw and acknowledged with the reason; null when there were none. */
    warnings: text('warnings'),
    reason: text('reason').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [
    index('shift_publications_shift').on(t.shiftId),
    index('shift_publications_draft').on(t.draftId),
    index('shift_publications_batch').on(t.batchId),
  ],
);
export const shiftCancellations = sqliteTable('shift_cancellations', {
  /** The shift's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** Who works a published shift. `causeId`: of the publication's batch, the claim (this row) or the swap. */
export const shiftAssignments = sqliteTable(
  'shift_assignments',
  {
    id: id(),
    shiftId: text('shift_id').notNull(),
    engagementId: text('engagement_id').notNull(),
    cause: text('cause', { enum: ['published', 'claimed', 'swapped'] }).notNull(),
    causeId: text('cause_id').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [
    index('shift_assignments_shift').on(t.shiftId),
    index('shift_assignments_engagement').on(t.engagementId),
  ],
);
export const shiftAssignmentEnds = sqliteTable('shift_assignment_ends', {
  /** The assignment's id. */
  id: id(),
  cause: text('cause', { enum: ['published', 'removed', 'swapped'] }).notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** What a worker last said to have seen of a shift. Facts: JSON of SeenFacts (shift/shift-change.ts); null: that it is not theirs. */
export const shiftAcknowledgements = sqliteTable(
  'shift_acknowledgements',
  {
    id: id(),
    shiftId: text('shift_id').notNull(),
    engagementId: text('engagement_id').notNull(),
    facts: text('facts'),
    at: at(),
    by: by(),
  },
  (t) => [index('shift_acknowledgements_engagement').on(t.engagementId, t.shiftId)],
);
/** A worker offers a shift to another, perhaps for one of theirs; the other agrees, a supervisor approves. */
export const shiftSwaps = sqliteTable(
  'shift_swaps',
  {
    id: id(),
    assignmentId: text('assignment_id').notNull(),
    /** Who is to take it. */
    engagementId: text('engagement_id').notNull(),
    returnAssignmentId: text('return_assignment_id'),
    note: text('note').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [
    index('shift_swaps_assignment').on(t.assignmentId),
    index('shift_swaps_engagement').on(t.engagementId),
  ],
);
export const shiftSwapAnswers = sqliteTable('shift_swap_answers', {
  /** The swap's id. */
  id: id(),
  answer: text('answer', { enum: ['agreed', 'declined'] }).notNull(),
  at: at(),
  by: by(),
});
export const shiftSwapWithdrawals = sqliteTable('shift_swap_withdrawals', {
  /** The swap's id. */
  id: id(),
  at: at(),
  by: by(),
});
export const shiftSwapDecisions = sqliteTable('shift_swap_decisions', {
  /** The swap's id. */
  id: id(),
  decision: text('decision', { enum: ['approved', 'refused'] }).notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** A worker's calendar link. The newest of a worker counts; the token itself is never stored. */
export const shiftFeeds = sqliteTable(
  'shift_feeds',
  {
    id: id(),
    workerId: text('worker_id').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    at: at(),
    by: by(),
  },
  (t) => [index('shift_feeds_worker').on(t.workerId)],
);

// ---- punches

export const workUnit = ['piece', 'day'] as const;
export const verdict = ['inside', 'outside', 'uncertain', 'no-position'] as const;
export const punches = sqliteTable(
  'punches',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    siteId: text('site_id').notNull(),
    kind: text('kind', { enum: ['in', 'out'] }).notNull(),
    deviceAt: at('device_at'),
    receivedAt: at('received_at'),
    /** What hours and cover count with: the receipt when online. */
    effectiveAt: at('effective_at'),
    /** Of the request as sent: a retry has the same, another body is refused. */
    bodyDigest: text('body_digest').notNull(),
    verdict: text('verdict', { enum: verdict }).notNull(),
    metres: integer('metres'),
    /** Which datum an `unstated` position was judged in, or why there is no position. */
    judgedAs: text('judged_as'),
    /** SHA-256(salt ‖ position). Position and salt may be erased while this stays. */
    positionDigest: text('position_digest'),
    latE7: integer('lat_e7'),
    lngE7: integer('lng_e7'),
    accuracyMetres: integer('accuracy_metres'),
    datum: text('datum').$type<Datum>(),
    positionSalt: text('position_salt'),
    /** JSON list of flags that a person should see, e.g. ["contract-missing"]; null when none. */
    flags: text('flags'),
    /** ECDSA over the record of clock/punch-record.ts by this device; all null for an unsigned punch. */
    deviceId: text('device_id'),
    /** Counted by the device for this employer, from 1. */
    seq: integer('seq'),
    /** Digest of the record before it; null for the first. */
    previousDigest: text('previous_digest'),
    recordDigest: text('record_digest'),
    signature: text('signature'),
    /** What was shown at the site, as signed, e.g. `site-code:123456`. */
    proof: text('proof'),
    /** JSON of what the phone said of time, signed and at sending (see clock/effective-time.ts). */
    evidence: text('evidence'),
    /** Our clock less the phone's, when it was sent. */
    offsetMs: integer('offset_ms'),
    /** By supervisors' correction: the reason lies in the correction. */
    correctionId: text('correction_id'),
    by: by(),
  },
  (t) => [
    index('punches_engagement').on(t.engagementId, t.effectiveAt),
    index('punches_device').on(t.deviceId, t.seq),
  ],
);
export const punchVoids = sqliteTable('punch_voids', {
  /** The punch's id. */
  id: id(),
  correctionId: text('correction_id').notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** A table of clock times from another system, as uploaded; nothing of it counts before there is an import of the same id. */
export const punchImportFiles = sqliteTable('punch_import_files', {
  /** The import's id. */
  id: id(),
  fileId: text('file_id').notNull(),
  name: text('name').notNull(),
  digest: text('digest').notNull(),
  bytes: integer('bytes').notNull(),
  at: at(),
  by: by(),
});
/** Its rows become punches, in steps. */
export const punchImports = sqliteTable('punch_imports', {
  id: id(),
  fileId: text('file_id').notNull(),
  digest: text('digest').notNull(),
  rows: integer('rows').notNull(),
  /** JSON of an ImportMapping (attendance/import-mapping.ts): which column says what. */
  mapping: text('mapping').notNull(),
  note: text('note').notNull(),
  at: at(),
  by: by(),
});
/** How far an import, or its undoing, has come: each commit of rows adds one, so that a crash repeats none. */
export const punchImportSteps = sqliteTable(
  'punch_import_steps',
  {
    id: id(),
    importId: text('import_id').notNull(),
    kind: text('kind', { enum: ['record', 'undo'] }).notNull(),
    /** The last row handled, the first being 1. */
    upTo: integer('up_to').notNull(),
    recorded: integer('recorded').notNull(),
    /** Known already. */
    skipped: integer('skipped').notNull(),
    refused: integer('refused').notNull(),
    /** JSON of the RowProblem[] of what was refused; null when nothing was. */
    problems: text('problems'),
    done: flag('done'),
    at: at(),
  },
  (t) => [index('punch_import_steps_import').on(t.importId, t.kind)],
);
/** Which row of which import a punch came from. */
export const importedPunches = sqliteTable(
  'imported_punches',
  {
    /** The punch's id. */
    id: id(),
    importId: text('import_id').notNull(),
    row: integer('row').notNull(),
  },
  (t) => [index('imported_punches_import').on(t.importId, t.row)],
);
/** Taken back as a whole: its punches are voided, but for those of approved periods. */
export const punchImportUndos = sqliteTable('punch_import_undos', {
  /** The import's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** Somebody took a list of punches or hours away: it names people and when they worked. */
export const hoursDownloads = sqliteTable('hours_downloads', {
  id: id(),
  what: text('what', { enum: ['punches', 'entries'] }).notNull(),
  format: text('format', { enum: ['csv', 'xlsx'] }).notNull(),
  startsOn: on('starts_on').notNull(),
  endsOn: on('ends_on').notNull(),
  siteId: text('site_id'),
  workerId: text('worker_id'),
  rows: integer('rows').notNull(),
  digest: text('digest').notNull(),
  at: at(),
  by: by(),
});
/** A supervisor adds or voids a punch with a reason; the worker accepts or disputes. */
export const corrections = sqliteTable(
  'corrections',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    kind: text('kind', { enum: ['add', 'void'] }).notNull(),
    punchId: text('punch_id').notNull(),
    reason: text('reason').notNull(),
    /** The worker's request that this grants; null when the supervisor corrects unasked. */
    requestId: text('request_id'),
    at: at(),
    by: by(),
  },
  (t) => [index('corrections_engagement').on(t.engagementId)],
);
export const correctionAnswers = sqliteTable('correction_answers', {
  /** The correction's id. */
  id: id(),
  answer: text('answer', { enum: ['accepted', 'disputed'] }).notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** The worker asks: add a punch, move one (another time or site), or void one. It changes nothing until it is decided. */
export const correctionRequests = sqliteTable(
  'correction_requests',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    kind: text('kind', { enum: ['add', 'move', 'void'] }).notNull(),
    /** The punch to move or void. */
    punchId: text('punch_id'),
    /** The punch that is wanted; null when one is only to be voided. */
    siteId: text('site_id'),
    punchKind: text('punch_kind', { enum: ['in', 'out'] }),
    punchAt: text('punch_at').$type<Instant>(),
    reason: text('reason').notNull(),
    /** A photo or PDF. */
    evidenceFileId: text('evidence_file_id'),
    at: at(),
    by: by(),
  },
  (t) => [index('correction_requests_engagement').on(t.engagementId)],
);
export const correctionDecisions = sqliteTable('correction_decisions', {
  /** The request's id. */
  id: id(),
  decision: text('decision', { enum: ['accepted', 'refused'] }).notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
export const correctionWithdrawals = sqliteTable('correction_withdrawals', {
  /** The request's id. */
  id: id(),
  at: at(),
  by: by(),
});
const timesheetKey = () => ({
  engagementId: text('engagement_id').notNull(),
  startsOn: on('starts_on').notNull(),
  endsOn: on('ends_on').notNull(),
  digest: text('digest').notNull(),
});
export const timesheetSubmissions = sqliteTable(
  'timesheet_submissions',
  { id: id(), ...timesheetKey(), note: text('note').notNull(), at: at(), by: by() },
  (t) => [index('timesheet_submissions_key').on(t.engagementId, t.startsOn)],
);
/** Holds the entries that were approved, as canonical JSON, and their digest. */
export const timesheetApprovals = sqliteTable(
  'timesheet_approvals',
  {
    id: id(),
    ...timesheetKey(),
    entries: text('entries').notNull(),
    seconds: integer('seconds').notNull(),
    /** JSON of the rule by which nobody had to look (see timesheet/auto-approval.ts); null when a person approved. */
    rule: text('rule'),
    at: at(),
    by: by(),
  },
  (t) => [
    index('timesheet_approvals_key').on(t.engagementId, t.startsOn),
    index('timesheet_approvals_period').on(t.startsOn, t.endsOn),
  ],
);
export const timesheetReopenings = sqliteTable('timesheet_reopenings', {
  /** The approval's id. */
  id: id(),
  reason: text('reason').notNull(),
  /** What changed the hours and so reopened them by itself: a correction, or a punch that arrived late. */
  correctionId: text('correction_id'),
  punchId: text('punch_id'),
  at: at(),
  by: by(),
});
/**
 * The work that an approval pays, made from its entries by a trigger (see cell-triggers.sql), which refuses a second
 * claim on the same seconds of a worker. Spans of a reopened approval claim nothing any more.
 */
export const paidSpans = sqliteTable(
  'paid_spans',
  {
    approvalId: text('approval_id').notNull(),
    workerId: text('worker_id').notNull(),
    startsAt: at('starts_at'),
    endsAt: at('ends_at'),
  },
  (t) => [
    primaryKey({ columns: [t.approvalId, t.startsAt] }),
    index('paid_spans_worker').on(t.workerId, t.endsAt),
  ],
);
/** Work that is counted, not timed: pieces, or days. Quantities are whole hundredths. */
export const unitReports = sqliteTable(
  'unit_reports',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    day: on('day').notNull(),
    unit: text('unit', { enum: workUnit }).notNull(),
    quantityHundredths: integer('quantity_hundredths').notNull(),
    note: text('note').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('unit_reports_engagement').on(t.engagementId, t.day)],
);
/** The last row of a report counts: only what is confirmed is on the timesheet. */
export const unitDecisions = sqliteTable(
  'unit_decisions',
  {
    id: id(),
    reportId: text('report_id').notNull(),
    decision: text('decision', { enum: ['confirmed', 'refused', 'withdrawn'] }).notNull(),
    reason: text('reason').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('unit_decisions_report').on(t.reportId)],
);
/** An approved pay run holds this approval: what it says is what that run pays, for good. */
export const timesheetLocks = sqliteTable(
  'timesheet_locks',
  {
    /** The approval's id. */
    id: id(),
    runId: text('run_id').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('timesheet_locks_run').on(t.runId)],
);

// ---- billing: what clients pay for hours at their sites

/** The newest row in force on a day counts; a role's own before that of every role (''). */
export const billRates = sqliteTable(
  'bill_rates',
  {
    id: id(),
    clientId: text('client_id').notNull(),
    roleTitle: text('role_title').notNull(),
    effectiveOn: on('effective_on').notNull(),
    hourlyRateMinor: money('hourly_rate_minor').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [uniqueIndex('bill_rates_effective').on(t.clientId, t.roleTitle, t.effectiveOn)],
);
/** Issued to a client; the file is the canonical JSON of its StatementContent (billing/client-statement.ts). */
export const clientStatements = sqliteTable(
  'client_statements',
  {
    id: id(),
    clientId: text('client_id').notNull(),
    startsOn: on('starts_on').notNull(),
    endsOn: on('ends_on').notNull(),
    fileId: text('file_id').notNull(),
    digest: text('digest').notNull(),
    seconds: integer('seconds').notNull(),
    amountMinor: money('amount_minor').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('client_statements_client').on(t.clientId)],
);

// ---- contract

export const contracts = sqliteTable(
  'contracts',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    workerId: text('worker_id').notNull(),
    template: text('template').notNull(),
    templateVersion: text('template_version').notNull(),
    /** JSON of what it is called in both languages. */
    title: text('title').notNull(),
    /** Canonical JSON of the field values, and the resolved clauses as plain text for reading, sealed. */
    fieldsSealed: text('fields_sealed').notNull(),
    fileId: text('file_id').notNull(),
    documentDigest: text('document_digest').notNull(),
    documentBytes: integer('document_bytes').notNull(),
    pages: integer('pages').notNull(),
    language: text('language').notNull(),
    /** Of an amendment, a new text, a renewal or a termination: the day it takes effect; of a termination the last day. */
    validFrom: on('valid_from').notNull(),
    validUntil: on('valid_until'),
    /** What it does to the contract that it names. */
    relation: text('relation', { enum: ['amends', 'replaces', 'renews', 'terminates'] }),
    followsId: text('follows_id'),
    /** Nobody signs from then on; null: no deadline. A later row of `contract_deadlines` moves it. */
    signBy: text('sign_by').$type<Instant>(),
    /** SHA-256 of the canonical JSON of its slots, which lie beside. */
    slotsDigest: text('slots_digest').notNull(),
    employerVerified: flag('employer_verified'),
    identityReviewId: text('identity_review_id').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [
    index('contracts_engagement').on(t.engagementId),
    index('contracts_worker').on(t.workerId),
    index('contracts_follows').on(t.followsId),
  ],
);
/** What HR has begun to write: kept, changed and deleted by anybody of the office; gone once it is offered. */
export const contractDrafts = sqliteTable('contract_drafts', {
  id: id(),
  engagementId: text('engagement_id').notNull(),
  workerId: text('worker_id').notNull(),
  /** Canonical JSON of the offer as it would be sent, sealed. */
  offerSealed: text('offer_sealed').notNull(),
  at: at(),
  by: by(),
});
export const slotRole = ['worker', 'employer', 'approver', 'witness'] as const;
/** A place for one signature, fixed at the offer: of a person, or of any member with a role. Equal ordinals sign in any order. */
export const contractSlots = sqliteTable(
  'contract_slots',
  {
    id: id(),
    contractId: text('contract_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    role: text('role', { enum: slotRole }).notNull(),
    personId: text('person_id'),
    memberRole: text('member_role').$type<MemberRole>(),
  },
  (t) => [index('contract_slots_contract').on(t.contractId, t.ordinal)],
);
/** Issued when a signer opens the contract; spent by one signature. */
export const signingNonces = sqliteTable('signing_nonces', {
  id: id(),
  contractId: text('contract_id').notNull(),
  slotId: text('slot_id').notNull(),
  personId: text('person_id').notNull(),
  issuedAt: at('issued_at'),
});
/** A table of offers as uploaded; nothing is offered before there is a bulk of the same id. */
export const bulkOfferFiles = sqliteTable('bulk_offer_files', {
  /** The bulk's id. */
  id: id(),
  fileId: text('file_id').notNull(),
  name: text('name').notNull(),
  template: text('template').notNull(),
  digest: text('digest').notNull(),
  at: at(),
  by: by(),
});
/** Its rows become offers, in steps. */
export const bulkOffers = sqliteTable('bulk_offers', {
  id: id(),
  fileId: text('file_id').notNull(),
  digest: text('digest').notNull(),
  template: text('template').notNull(),
  rows: integer('rows').notNull(),
  signBy: text('sign_by').$type<Instant>(),
  at: at(),
  by: by(),
});
/** How far it has come: a crash repeats the rows after the last step, whose offers are then known. */
export const bulkOfferSteps = sqliteTable(
  'bulk_offer_steps',
  {
    id: id(),
    bulkId: text('bulk_id').notNull(),
    /** Rows handled so far. */
    upTo: integer('up_to').notNull(),
    offered: integer('offered').notNull(),
    /** JSON of the RowFault[] of what was refused; null when nothing was. */
    faults: text('faults'),
    at: at(),
  },
  (t) => [index('bulk_offer_steps_bulk').on(t.bulkId)],
);
/** Many contracts to be signed with one word of a key; what it signs follows from this row (contract/batch-signature.ts). */
export const contractBatches = sqliteTable('contract_batches', {
  id: id(),
  personId: text('person_id').notNull(),
  /** JSON list of {contractId, slotId}, in the order of the tree's leaves. */
  contracts: text('contracts').notNull(),
  at: at(),
});
export const contractSignatures = sqliteTable(
  'contract_signatures',
  {
    id: id(),
    contractId: text('contract_id').notNull(),
    /** Unique: a place is signed once, whoever comes second. */
    slotId: text('slot_id').notNull().unique(),
    role: text('role', { enum: slotRole }).notNull(),
    personId: text('person_id').notNull(),
    signerName: text('signer_name').notNull(),
    grade: text('grade', { enum: ['A', 'B', 'C'] }).notNull(),
    nonce: text('nonce').notNull().unique(),
    /** Canonical JSON that was signed, and the whole proof: assertion or device signature, public key, enrolment. */
    record: text('record').notNull(),
    proof: text('proof').notNull(),
    /** JSON: when the pages were opened and how long each was seen, by the word of the signer's browser. */
    reading: text('reading'),
    /** JSON of strokes: a drawn name, decoration and no proof. */
    drawing: text('drawing'),
    at: at(),
    by: by(),
  },
  (t) => [index('contract_signatures_contract').on(t.contractId)],
);
/** Whom an open contract waits for, and when they are to be reminded: moved on by tick, gone when nobody is waited for. */
export const contractTurns = sqliteTable(
  'contract_turns',
  {
    /** The contract's id. */
    id: id(),
    /** Reminders since the turn began, and when it began or the last one went out. */
    sent: integer('sent').notNull(),
    lastAt: at('last_at'),
    dueAt: at('due_at'),
  },
  (t) => [index('contract_turns_due').on(t.dueAt)],
);
/** Every place is signed: written by the last signature. */
export const contractCompletions = sqliteTable('contract_completions', {
  /** The contract's id. */
  id: id(),
  at: at(),
  by: by(),
});
export const contractDeclines = sqliteTable('contract_declines', {
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** The employer took the offer back before everybody had signed. */
export const contractCancellations = sqliteTable('contract_cancellations', {
  /** The contract's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** A later deadline than the offer's, given after it was sent. */
export const contractDeadlines = sqliteTable(
  'contract_deadlines',
  {
    id: id(),
    contractId: text('contract_id').notNull(),
    signBy: at('sign_by'),
    at: at(),
    by: by(),
  },
  (t) => [index('contract_deadlines_contract').on(t.contractId)],
);
/** One side ends a contract in force by notice, without the other's signature. */
export const contractNotices = sqliteTable('contract_notices', {
  /** The contract's id. */
  id: id(),
  side: text('side', { enum: ['worker', 'employer'] }).notNull(),
  lastDay: on('last_day').notNull(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
export const contractSeals = sqliteTable('contract_seals', {
  /** The contract's id. */
  id: id(),
  fileId: text('file_id').notNull(),
  sealedDigest: text('sealed_digest').notNull(),
  certificate: text('certificate').notNull(),
  at: at(),
  by: by(),
});
/** The sealed file with a timestamp of an independent authority behind it; the seal's own file stays. */
export const contractTimestamps = sqliteTable('contract_timestamps', {
  /** The contract's id. */
  id: id(),
  fileId: text('file_id').notNull(),
  digest: text('digest').notNull(),
  /** Its address, and the time that it says. */
  authority: text('authority').notNull(),
  stampedAt: at('stamped_at'),
  at: at(),
  by: by(),
});
/** What keeps a contract from its seal or its timestamp: gone when that is done. Not journaled, like all that only tries. */
export const sealTroubles = sqliteTable(
  'seal_troubles',
  {
    /** The contract's id, or the address of a timestamp authority. */
    id: text('id').primaryKey(),
    step: text('step', { enum: ['seal', 'timestamp', 'authority'] }).notNull(),
    problem: text('problem').notNull(),
    detail: text('detail').notNull(),
    failures: integer('failures').notNull(),
    nextAt: at('next_at'),
    at: at(),
  },
  (t) => [index('seal_troubles_next').on(t.step, t.nextAt)],
);
/** The employer's seal certificates and their keys, sealed under the cell's key. The newest is the one that seals. */
export const sealCertificates = sqliteTable('seal_certificates', {
  id: id(),
  /** `own`: by the deployment's authority. */
  kind: text('kind', { enum: ['own', 'imported'] }).notNull(),
  certificate: text('certificate').notNull(),
  /** PEM of its issuers up to a root. */
  chain: text('chain').notNull(),
  keySealed: text('key_sealed').notNull(),
  expiresAt: at('expires_at'),
  at: at(),
  by: by(),
});
export const sealCertificateRevocations = sqliteTable('seal_certificate_revocations', {
  /** The certificate's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** A head of the journal that an independent authority saw: nobody can rewrite what came before. */
export const journalAnchors = sqliteTable('journal_anchors', {
  id: id(),
  seq: integer('seq').notNull(),
  hash: text('hash').notNull(),
  authority: text('authority').notNull(),
  /** RFC 3161, base64url. */
  token: text('token').notNull(),
  stampedAt: at('stamped_at'),
  at: at(),
  by: by(),
});

// ---- card

export const workCards = sqliteTable(
  'work_cards',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    contractId: text('contract_id').notNull(),
    token: text('token').notNull(),
    validFrom: on('valid_from').notNull(),
    validUntil: on('valid_until').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('work_cards_engagement').on(t.engagementId)],
);
export const workCardRevocations = sqliteTable('work_card_revocations', {
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});

// ---- the gate: what proves a place where a phone cannot

/** A supervisor saw a worker's card at the site. Without a punch it speaks for the worker's next one there. */
export const punchProofs = sqliteTable(
  'punch_proofs',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    siteId: text('site_id').notNull(),
    punchId: text('punch_id'),
    kind: text('kind', { enum: ['card-scan'] }).notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('punch_proofs_engagement').on(t.engagementId, t.at), index('punch_proofs_at').on(t.at)],
);
/** A supervisor clocked a crew in one go: each punch is a correction that its worker accepts or disputes. */
export const crewPunches = sqliteTable('crew_punches', {
  id: id(),
  siteId: text('site_id').notNull(),
  kind: text('kind', { enum: ['in', 'out'] }).notNull(),
  note: text('note').notNull(),
  /** JSON lists: of {engagementId, correctionId, punchId}, and of {engagementId, why} for who was left out. */
  clocked: text('clocked').notNull(),
  skipped: text('skipped').notNull(),
  at: at(),
  by: by(),
});
/** A site's tablet is set up with a code that holds once and for an hour; the code itself is never stored. */
export const kioskInvitations = sqliteTable('kiosk_invitations', {
  id: id(),
  siteId: text('site_id').notNull(),
  name: text('name').notNull(),
  codeHash: text('code_hash').notNull().unique(),
  expiresAt: at('expires_at'),
  at: at(),
  by: by(),
});
export const kiosks = sqliteTable(
  'kiosks',
  {
    id: id(),
    invitationId: text('invitation_id').notNull().unique(),
    siteId: text('site_id').notNull(),
    name: text('name').notNull(),
    /** JWK of a P-256 key whose private half cannot leave the tablet's browser. */
    publicKey: text('public_key').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('kiosks_site').on(t.siteId)],
);
export const kioskRevocations = sqliteTable('kiosk_revocations', {
  /** The kiosk's id. */
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
/** What the tablet's camera saw at a punch. Never compared with anything; its file is deleted on schedule. */
export const witnessPhotos = sqliteTable(
  'witness_photos',
  {
    /** The punch's id. */
    id: id(),
    kioskId: text('kiosk_id').notNull(),
    fileId: text('file_id').notNull(),
    deleteAt: at('delete_at'),
    at: at(),
    by: by(),
  },
  (t) => [index('witness_photos_due').on(t.deleteAt)],
);
export const witnessPhotoDeletions = sqliteTable('witness_photo_deletions', {
  /** The punch's id. */
  id: id(),
  rule: text('rule').notNull(),
  at: at(),
  by: by(),
});
/** The coordinates of an engagement's punches in a period were rounded and their salts dropped, by this rule. */
export const positionCoarsenings = sqliteTable(
  'position_coarsenings',
  {
    id: id(),
    engagementId: text('engagement_id').notNull(),
    startsOn: on('starts_on').notNull(),
    endsOn: on('ends_on').notNull(),
    /** In a sentence, with its number of days. */
    rule: text('rule').notNull(),
    punches: integer('punches').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('position_coarsenings_period').on(t.engagementId, t.startsOn)],
);

// ---- guarantee

/** A day cover starts with the clock-in; the others are promises of pay, kept by lines of a pay run. */
export const guaranteeKind = ['day-cover', 'minimum-pay', 'show-up', 'late-cancel', 'on-time-pay'] as const;
export const guaranteePolicies = sqliteTable('guarantee_policies', {
  id: id(),
  kind: text('kind', { enum: guaranteeKind }).notNull(),
  name: text('name').notNull(),
  /** `insurer` needs insurerName and policyNumber; only then may anybody say "insured". */
  standsFor: text('stands_for', { enum: ['insurer', 'employer'] }).notNull(),
  insurerName: text('insurer_name'),
  policyNumber: text('policy_number'),
  limitMinor: money('limit_minor').notNull(),
  /** JSON of a promise of pay (see guarantee/pay-promise.ts); null for a day cover. */
  rules: text('rules'),
  terms: text('terms').notNull(),
  effectiveOn: on('effective_on').notNull(),
  expiresOn: on('expires_on'),
  at: at(),
  by: by(),
});
export const guaranteePolicyEnds = sqliteTable('guarantee_policy_ends', {
  id: id(),
  reason: text('reason').notNull(),
  at: at(),
  by: by(),
});
export const covers = sqliteTable(
  'covers',
  {
    id: id(),
    policyId: text('policy_id').notNull(),
    engagementId: text('engagement_id').notNull(),
    punchId: text('punch_id').notNull(),
    startsAt: at('starts_at'),
    by: by(),
  },
  (t) => [index('covers_engagement').on(t.engagementId, t.startsAt)],
);
export const coverEnds = sqliteTable('cover_ends', {
  /** The cover's id. */
  id: id(),
  punchId: text('punch_id'),
  endsAt: at('ends_at'),
  reason: text('reason').notNull(),
  by: by(),
});

// ---- pay

export const payRuns = sqliteTable('pay_runs', {
  id: id(),
  payPeriod: text('pay_period').$type<PayPeriodKind>().notNull(),
  startsOn: on('starts_on').notNull(),
  endsOn: on('ends_on').notNull(),
  paysOn: on('pays_on').notNull(),
  note: text('note').notNull(),
  at: at(),
  by: by(),
});
/** A calculation that somebody asked for. It reads what the journal knew when it was begun, however long it takes. */
export const payRunCalculationStarts = sqliteTable(
  'pay_run_calculation_starts',
  {
    id: id(),
    runId: text('run_id').notNull(),
    /** JSON [{engagementId, reason}]: whose hours wait for another run. Null: nobody's. */
    leftOut: text('left_out'),
    at: at(),
    by: by(),
  },
  (t) => [index('pay_run_calculation_starts_run').on(t.runId)],
);
/** How far a large one has come: the last step counts, and holds what the next goes on from (see pay/run-fold.ts). */
export const payRunSteps = sqliteTable(
  'pay_run_steps',
  {
    calculationId: text('calculation_id').notNull(),
    step: integer('step').notNull(),
    upTo: text('up_to').notNull(),
    workers: integer('workers').notNull(),
    fold: text('fold').notNull(),
    at: at(),
  },
  (t) => [primaryKey({ columns: [t.calculationId, t.step] })],
);
/** A calculation that is finished. A run may be calculated again until it is approved; the last one counts. */
export const payRunCalculations = sqliteTable(
  'pay_run_calculations',
  {
    id: id(),
    runId: text('run_id').notNull(),
    digest: text('digest').notNull(),
    rulesVersion: text('rules_version').notNull(),
    /** JSON [{engagementId, reason}]: whose hours wait for another run. Null: nobody's. */
    leftOut: text('left_out'),
    /** JSON of what the run says of itself (see pay/run-fold.ts). Null: nothing. */
    notes: text('notes'),
    /** JSON of totals by site and by code. */
    summary: text('summary').notNull(),
    workers: integer('workers').notNull(),
    /** Income. net = gross − withheld − deducted + reimbursed. */
    grossMinor: money('gross_minor').notNull(),
    withheldMinor: money('withheld_minor').notNull(),
    deductedMinor: money('deducted_minor').notNull(),
    reimbursedMinor: money('reimbursed_minor').notNull(),
    netMinor: money('net_minor').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('pay_run_calculations_run').on(t.runId)],
);
export const payLineKind = [
  'earning',
  'allowance',
  'top-up',
  'reimbursement',
  'deduction',
  'advance',
  'correction',
  'withholding',
] as const;
/** Lines of one calculation. `why` is canonical JSON: formula, numbers, days, punches, rule, source. */
export const payRunLines = sqliteTable(
  'pay_run_lines',
  {
    calculationId: text('calculation_id').notNull(),
    line: integer('line').notNull(),
    workerId: text('worker_id').notNull(),
    engagementId: text('engagement_id').notNull(),
    kind: text('kind', { enum: payLineKind }).notNull(),
    code: text('code').notNull(),
    seconds: integer('seconds'),
    rateMinor: money('rate_minor'),
    amountMinor: money('amount_minor').notNull(),
    approvalId: text('approval_id'),
    /** What is paid or taken once: the adjustment, shift or run it comes from. */
    sourceId: text('source_id'),
    why: text('why').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.calculationId, t.line] }),
    index('pay_run_lines_worker').on(t.workerId),
    index('pay_run_lines_approval').on(t.approvalId),
  ],
);
/** One worker in a calculation: what it was made from, and what it comes to. */
export const payRunWorkers = sqliteTable(
  'pay_run_workers',
  {
    calculationId: text('calculation_id').notNull(),
    workerId: text('worker_id').notNull(),
    /** Digest of the list of the worker's inputs (see pay/calculate.ts). */
    inputs: text('inputs').notNull(),
    lines: integer('lines').notNull(),
    seconds: integer('seconds').notNull(),
    grossMinor: money('gross_minor').notNull(),
    withheldMinor: money('withheld_minor').notNull(),
    netMinor: money('net_minor').notNull(),
    /** JSON of what somebody should look at (see pay/worker-checks.ts). Null: nothing. */
    checks: text('checks'),
  },
  (t) => [
    primaryKey({ columns: [t.calculationId, t.workerId] }),
    index('pay_run_workers_worker').on(t.workerId),
  ],
);
export const payRunApprovals = sqliteTable(
  'pay_run_approvals',
  {
    /** The run's id. */
    id: id(),
    calculationId: text('calculation_id').notNull(),
    digest: text('digest').notNull(),
    fourEyes: flag('four_eyes'),
    /** A: a passkey; B: a device key. */
    grade: text('grade', { enum: ['A', 'B'] }).notNull(),
    /** The canonical record that was signed, and the proof with its key: what a stranger checks later. */
    record: text('record').notNull(),
    proof: text('proof').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [uniqueIndex('pay_run_approvals_calculation').on(t.calculationId)],
);
/** Issued when an approver is about to sign a calculation. */
export const payRunNonces = sqliteTable('pay_run_nonces', {
  id: id(),
  calculationId: text('calculation_id').notNull(),
  personId: text('person_id').notNull(),
  issuedAt: at('issued_at'),
});
/** How far the hours of an approved run are marked as held by it. */
export const payRunHolds = sqliteTable(
  'pay_run_holds',
  {
    runId: text('run_id').notNull(),
    step: integer('step').notNull(),
    upTo: text('up_to').notNull(),
    done: flag('done'),
    at: at(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.step] })],
);
/** The money has left the employer's account. */
export const payRunPayments = sqliteTable('pay_run_payments', {
  /** The run's id. */
  id: id(),
  paidOn: on('paid_on').notNull(),
  at: at(),
  by: by(),
});
/** A format of one run, as it was written from the same facts (`inputs`); a long one lies in several parts. */
export const payFiles = sqliteTable(
  'pay_files',
  {
    id: id(),
    runId: text('run_id').notNull(),
    format: text('format').notNull(),
    /** Digest of what the bytes depend on besides the approved run: the format's version, settings, the day of execution. */
    inputs: text('inputs').notNull(),
    part: integer('part').notNull(),
    parts: integer('parts').notNull(),
    name: text('name').notNull(),
    fileId: text('file_id').notNull(),
    digest: text('digest').notNull(),
    bytes: integer('bytes').notNull(),
    rows: integer('rows').notNull(),
    amountMinor: money('amount_minor').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [uniqueIndex('pay_files_part').on(t.runId, t.format, t.inputs, t.part)],
);
export const payFileDownloads = sqliteTable('pay_file_downloads', {
  id: id(),
  payFileId: text('pay_file_id').notNull(),
  at: at(),
  by: by(),
});
/** Column mappings that an employer made or changed. Never changed: a later row of the same format counts instead. */
export const payFileMappings = sqliteTable(
  'pay_file_mappings',
  {
    id: id(),
    /** The name of a shipped preset, or an id of the employer's own. */
    format: text('format').notNull(),
    /** JSON of a mapping, see src/pay/files/mapping.ts. */
    mapping: text('mapping').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('pay_file_mappings_format').on(t.format)],
);
/** Where the employer pays from, scheme by scheme; the newest row of a scheme counts. */
export const payerAccounts = sqliteTable(
  'payer_accounts',
  {
    id: id(),
    scheme: text('scheme', { enum: ['sepa', 'nacha', 'mainland'] }).notNull(),
    /** JSON of the scheme's fields. */
    factsSealed: text('facts_sealed').notNull(),
    masked: text('masked').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('payer_accounts_scheme').on(t.scheme)],
);
/** What another system calls a worker, such as a File # of ADP. The newest row of a system counts; an empty value takes it back. */
export const outsideNumbers = sqliteTable(
  'outside_numbers',
  {
    id: id(),
    workerId: text('worker_id').notNull(),
    system: text('system').notNull(),
    value: text('value').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('outside_numbers_worker').on(t.workerId, t.system)],
);
/** Sheets for the tax authority over a month or a quarter of payment. */
export const taxFiles = sqliteTable(
  'tax_files',
  {
    id: id(),
    kind: text('kind').notNull(),
    /** `2026-10`, or `2026-Q4`. */
    period: text('period').notNull(),
    name: text('name').notNull(),
    fileId: text('file_id').notNull(),
    digest: text('digest').notNull(),
    bytes: integer('bytes').notNull(),
    rows: integer('rows').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('tax_files_period').on(t.period)],
);

// ---- disbursement

export const paymentChannels = ['bank-file', 'wechat', 'alipay'] as const;
export type PaymentChannel = (typeof paymentChannels)[number];
/** One try to pay one worker what one run owes them, into the account as it was then. A trigger keeps it to one at a time. */
export const payments = sqliteTable(
  'payments',
  {
    id: id(),
    runId: text('run_id').notNull(),
    workerId: text('worker_id').notNull(),
    attempt: integer('attempt').notNull(),
    amountMinor: money('amount_minor').notNull(),
    currency: text('currency').notNull(),
    endToEndId: text('end_to_end_id').notNull().unique(),
    channel: text('channel', { enum: paymentChannels }).notNull(),
    accountId: text('account_id'),
    bankName: text('bank_name'),
    holderName: text('holder_name'),
    numberMasked: text('number_masked'),
    /** The payment that was rejected or returned, of which this is the next try. */
    replacesId: text('replaces_id'),
    at: at(),
    by: by(),
  },
  (t) => [
    uniqueIndex('payments_attempt').on(t.runId, t.workerId, t.attempt),
    index('payments_worker').on(t.workerId),
  ],
);
/** What a bank, a provider or a person said of a payment. `said-paid`: HR's word, which a bank's rejection outweighs. */
export const paymentEventKinds = [
  'accepted',
  'wait-user-confirm',
  'confirmed',
  'paid',
  'said-paid',
  'rejected',
  'cancelled',
  'returned',
  'decided-paid',
  'decided-unpaid',
] as const;
export type PaymentEventKind = (typeof paymentEventKinds)[number];
export const paymentEvents = sqliteTable(
  'payment_events',
  {
    id: id(),
    paymentId: text('payment_id').notNull(),
    kind: text('kind', { enum: paymentEventKinds }).notNull(),
    /** The bank's or provider's own code and words. */
    code: text('code'),
    reason: text('reason'),
    /** `hand`, `wechat`, `alipay`, or the id of an import of answers. */
    source: text('source').notNull(),
    at: at(),
    by: by(),
  },
  (t) => [index('payment_events_payment').on(t.paymentId, t.kind)],
);
/** All payments of an approved run exist. */
export const paymentReleases = sqliteTable('payment_releases', {
  /** The run's id. */
  id: id(),
  payments: integer('payments').notNull(),
  at: at(),
});
/** Account numbers left the house in a list of open payments. */
export const paymentDownloads = sqliteTable('payment_downloads', {
  id: id(),
  runId: text('run_id').notNull(),
  format: text('format').notNull(),
  rows: integer('rows').notNull(),
  at: at(),
  by: by(),
});
/** An uploaded answer of a bank, before anything is done with it. */
export const paymentAnswerFiles = sqliteTable('payment_answer_files', {
  id: id(),
  fileId: text('file_id').notNull(),
  name: text('name').notNull(),
  digest: text('digest').notNull(),
  bytes: integer('bytes').notNull(),
  at: at(),
  by: by(),
});
export const paymentAnswerImports = sqliteTable('payment_answer_imports', {
  /** The uploaded file's id. */
  id: id(),
  fileId: text('file_id').notNull(),
  digest: text('digest').notNull(),
  format: text('format').notNull(),
  /** JSON, of a table. */
  mapping: text('mapping'),
  lines: integer('lines').notNull(),
  unknown: integer('unknown').notNull(),
  at: at(),
  by: by(),
});
/** How an employer pays through a provider; the last row of a provider counts. */
export const payoutSettings = sqliteTable('payout_settings', {
  id: id(),
  provider: text('provider', { enum: ['wechat', 'alipay'] }).notNull(),
  on: flag('is_on'),
  /** JSON: what is no secret. */
  facts: text('facts').notNull(),
  secretsSealed: text('secrets_sealed').notNull(),
  at: at(),
  by: by(),
});
/** Somebody let a run's payments of one provider go. */
export const payoutOrders = sqliteTable(
  'payout_orders',
  {
    id: id(),
    runId: text('run_id').notNull(),
    provider: text('provider', { enum: ['wechat', 'alipay'] }).notNull(),
    at: at(),
    by: by(),
  },
  (t) => [uniqueIndex('payout_orders_run').on(t.runId, t.provider)],
);
/** How far a payment has come with its provider: work of tick, changed in place as the outbox is. */
export const payoutCalls = sqliteTable(
  'payout_calls',
  {
    /** The payment's id. */
    id: id(),
    provider: text('provider', { enum: ['wechat', 'alipay'] }).notNull(),
    /** Times that it was sent or asked about; above zero the provider may have it. */
    tries: integer('tries').notNull(),
    sentAt: text('sent_at').$type<Instant>(),
    /** Null: nothing more is asked. */
    dueAt: text('due_at').$type<Instant>(),
    cancelAsked: flag('cancel_asked'),
    lastError: text('last_error'),
    providerRef: text('provider_ref'),
    /** What the worker's confirmation needs (WeChat's package_info). */
    confirmation: text('confirmation'),
  },
  (t) => [index('payout_calls_due').on(t.dueAt)],
);

/** What the journal records: kind → the table whose row it digests. Every listed table has an `id`. */
export const journaled = {
  'employer-registered': employers,
  'employer-licence-given': employerLicences,
  'employer-reviewed': employerReviews,
  'employer-setting-made': employerSettings,
  'member-joined': members,
  'role-granted': roleGrants,
  'role-revoked': roleRevocations,
  'client-added': clients,
  'bill-rate-agreed': billRates,
  'client-statement-issued': clientStatements,
  'site-added': sites,
  'geofence-drawn': geofences,
  'site-policy-made': sitePolicies,
  'invitation-made': invitations,
  'invitation-revoked': invitationRevocations,
  'invitation-used': invitationUses,
  'worker-admitted': workers,
  'admission-refused': admissionRefusals,
  'consent-given': consents,
  'consent-withdrawn': consentWithdrawals,
  'identity-claimed': identityClaims,
  'identity-reviewed': identityReviews,
  'identity-revealed': identityReveals,
  'payout-account-given': payoutAccounts,
  'payout-account-withdrawn': payoutAccountWithdrawals,
  'worker-device-enrolled': workerDevices,
  'worker-device-revoked': workerDeviceRevocations,
  'engagement-made': engagements,
  'engagement-ended': engagementEnds,
  'engagement-site-changed': engagementSiteChanges,
  'pay-terms-agreed': payTerms,
  'contract-template-saved': contractTemplateVersions,
  'contract-template-retired': contractTemplateRetirements,
  'pay-adjustment-made': payAdjustments,
  'pay-adjustment-withdrawn': payAdjustmentWithdrawals,
  'pay-datum-corrected': payDatumCorrections,
  'shift-template-made': shiftTemplates,
  'shift-template-ended': shiftTemplateEnds,
  'roster-made': rosters,
  'roster-ended': rosterEnds,
  'roster-expanded': rosterExpansions,
  'shift-drafted': shiftDrafts,
  'shift-published': shiftPublications,
  'shift-cancelled': shiftCancellations,
  'shift-assigned': shiftAssignments,
  'shift-assignment-ended': shiftAssignmentEnds,
  'shift-acknowledged': shiftAcknowledgements,
  'shift-swap-proposed': shiftSwaps,
  'shift-swap-answered': shiftSwapAnswers,
  'shift-swap-withdrawn': shiftSwapWithdrawals,
  'shift-swap-decided': shiftSwapDecisions,
  'shift-feed-made': shiftFeeds,
  'punch-recorded': punches,
  'punch-voided': punchVoids,
  'punch-import-made': punchImports,
  'punch-import-undone': punchImportUndos,
  'hours-downloaded': hoursDownloads,
  'correction-made': corrections,
  'correction-answered': correctionAnswers,
  'correction-asked': correctionRequests,
  'correction-decided': correctionDecisions,
  'correction-withdrawn': correctionWithdrawals,
  'timesheet-submitted': timesheetSubmissions,
  'timesheet-approved': timesheetApprovals,
  'units-reported': unitReports,
  'units-decided': unitDecisions,
  'timesheet-reopened': timesheetReopenings,
  'timesheet-locked': timesheetLocks,
  'bulk-offer-made': bulkOffers,
  'contract-offered': contracts,
  'contract-signed': contractSignatures,
  'contract-completed': contractCompletions,
  'contract-declined': contractDeclines,
  'contract-cancelled': contractCancellations,
  'contract-extended': contractDeadlines,
  'contract-ended-by-notice': contractNotices,
  'contract-sealed': contractSeals,
  'contract-timestamped': contractTimestamps,
  'journal-anchored': journalAnchors,
  'seal-certificate-revoked': sealCertificateRevocations,
  'seal-certificate-made': sealCertificates,
  'work-card-issued': workCards,
  'work-card-revoked': workCardRevocations,
  'punch-proof-given': punchProofs,
  'crew-clocked': crewPunches,
  'kiosk-invited': kioskInvitations,
  'kiosk-set-up': kiosks,
  'kiosk-revoked': kioskRevocations,
  'witness-photo-taken': witnessPhotos,
  'witness-photo-deleted': witnessPhotoDeletions,
  'positions-coarsened': positionCoarsenings,
  'guarantee-policy-made': guaranteePolicies,
  'guarantee-policy-ended': guaranteePolicyEnds,
  'cover-started': covers,
  'cover-ended': coverEnds,
  'pay-run-opened': payRuns,
  'pay-run-calculation-begun': payRunCalculationStarts,
  'pay-run-calculated': payRunCalculations,
  'pay-run-approved': payRunApprovals,
  'pay-run-paid': payRunPayments,
  'pay-file-written': payFiles,
  'pay-file-downloaded': payFileDownloads,
  'pay-file-mapping-made': payFileMappings,
  'payer-account-given': payerAccounts,
  'outside-number-given': outsideNumbers,
  'tax-file-written': taxFiles,
  'payment-released': payments,
  'payment-told': paymentEvents,
  'payments-downloaded': paymentDownloads,
  'payment-answers-imported': paymentAnswerImports,
  'payout-provider-set': payoutSettings,
  'payout-ordered': payoutOrders,
} as const;
export type JournalKind = keyof typeof journaled;

/** Columns that may be erased by a retention rule: the digest leaves them out, a salted digest in the row stands for them. */
export const erasable: { readonly [K in JournalKind]?: readonly string[] } = {
  'punch-recorded': ['latE7', 'lngE7', 'accuracyMetres', 'datum', 'positionSalt'],
};
