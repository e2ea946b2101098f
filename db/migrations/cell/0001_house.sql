CREATE TABLE `admission_refusals` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `bill_rates` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`role_title` text NOT NULL,
	`effective_on` text NOT NULL,
	`hourly_rate_minor` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `bill_rates_effective` ON `bill_rates` (`client_id`,`role_title`,`effective_on`);
CREATE TABLE `bulk_offer_files` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`name` text NOT NULL,
	`template` text NOT NULL,
	`digest` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `bulk_offer_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`bulk_id` text NOT NULL,
	`up_to` integer NOT NULL,
	`offered` integer NOT NULL,
	`faults` text,
	`at` text NOT NULL
);

CREATE INDEX `bulk_offer_steps_bulk` ON `bulk_offer_steps` (`bulk_id`);
CREATE TABLE `bulk_offers` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`template` text NOT NULL,
	`rows` integer NOT NULL,
	`sign_by` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `cell_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`wrapped` text NOT NULL,
	`created_at` text NOT NULL
);

CREATE TABLE `client_statements` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`seconds` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `client_statements_client` ON `client_statements` (`client_id`);
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `consent_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`purpose` text NOT NULL,
	`notice_version` text NOT NULL,
	`notice_digest` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `consents_worker` ON `consents` (`worker_id`);
CREATE TABLE `contract_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`contracts` text NOT NULL,
	`at` text NOT NULL
);

CREATE TABLE `contract_cancellations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_completions` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_deadlines` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`sign_by` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `contract_deadlines_contract` ON `contract_deadlines` (`contract_id`);
CREATE TABLE `contract_declines` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`worker_id` text NOT NULL,
	`offer_sealed` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`side` text NOT NULL,
	`last_day` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_seals` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`sealed_digest` text NOT NULL,
	`certificate` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_signatures` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`slot_id` text NOT NULL,
	`role` text NOT NULL,
	`person_id` text NOT NULL,
	`signer_name` text NOT NULL,
	`grade` text NOT NULL,
	`nonce` text NOT NULL,
	`record` text NOT NULL,
	`proof` text NOT NULL,
	`reading` text,
	`drawing` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `contract_signatures_slot_id_unique` ON `contract_signatures` (`slot_id`);
CREATE UNIQUE INDEX `contract_signatures_nonce_unique` ON `contract_signatures` (`nonce`);
CREATE INDEX `contract_signatures_contract` ON `contract_signatures` (`contract_id`);
CREATE TABLE `contract_slots` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`role` text NOT NULL,
	`person_id` text,
	`member_role` text
);

CREATE INDEX `contract_slots_contract` ON `contract_slots` (`contract_id`,`ordinal`);
CREATE TABLE `contract_template_retirements` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_template_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`template_id` text NOT NULL,
	`number` integer NOT NULL,
	`copied_from` text NOT NULL,
	`body` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `contract_template_versions_number` ON `contract_template_versions` (`template_id`,`number`);
CREATE TABLE `contract_timestamps` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`authority` text NOT NULL,
	`stamped_at` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `contract_turns` (
	`id` text PRIMARY KEY NOT NULL,
	`sent` integer NOT NULL,
	`last_at` text NOT NULL,
	`due_at` text NOT NULL
);

CREATE INDEX `contract_turns_due` ON `contract_turns` (`due_at`);
CREATE TABLE `contracts` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`worker_id` text NOT NULL,
	`template` text NOT NULL,
	`template_version` text NOT NULL,
	`title` text NOT NULL,
	`fields_sealed` text NOT NULL,
	`file_id` text NOT NULL,
	`document_digest` text NOT NULL,
	`document_bytes` integer NOT NULL,
	`pages` integer NOT NULL,
	`language` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`relation` text,
	`follows_id` text,
	`sign_by` text,
	`slots_digest` text NOT NULL,
	`employer_verified` integer NOT NULL,
	`identity_review_id` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `contracts_engagement` ON `contracts` (`engagement_id`);
CREATE INDEX `contracts_worker` ON `contracts` (`worker_id`);
CREATE INDEX `contracts_follows` ON `contracts` (`follows_id`);
CREATE TABLE `correction_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `correction_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `correction_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`kind` text NOT NULL,
	`punch_id` text,
	`site_id` text,
	`punch_kind` text,
	`punch_at` text,
	`reason` text NOT NULL,
	`evidence_file_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `correction_requests_engagement` ON `correction_requests` (`engagement_id`);
CREATE TABLE `correction_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`kind` text NOT NULL,
	`punch_id` text NOT NULL,
	`reason` text NOT NULL,
	`request_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `corrections_engagement` ON `corrections` (`engagement_id`);
CREATE TABLE `cover_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`punch_id` text,
	`ends_at` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `covers` (
	`id` text PRIMARY KEY NOT NULL,
	`policy_id` text NOT NULL,
	`engagement_id` text NOT NULL,
	`punch_id` text NOT NULL,
	`starts_at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `covers_engagement` ON `covers` (`engagement_id`,`starts_at`);
CREATE TABLE `crew_punches` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`kind` text NOT NULL,
	`note` text NOT NULL,
	`clocked` text NOT NULL,
	`skipped` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `employer_licences` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `employer_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`licence_id` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `employer_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `employers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`country` text NOT NULL,
	`registration_code` text NOT NULL,
	`address` text NOT NULL,
	`representative` text NOT NULL,
	`payer_kind` text NOT NULL,
	`currency` text NOT NULL,
	`zone` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `engagement_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`ends_on` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `engagement_site_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`site_id` text NOT NULL,
	`change` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `engagement_site_changes_engagement` ON `engagement_site_changes` (`engagement_id`);
CREATE TABLE `engagement_sites` (
	`engagement_id` text NOT NULL,
	`site_id` text NOT NULL,
	PRIMARY KEY(`engagement_id`, `site_id`)
);

CREATE INDEX `engagement_sites_site` ON `engagement_sites` (`site_id`);
CREATE TABLE `engagements` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`role_title` text NOT NULL,
	`relationship` text NOT NULL,
	`project` text NOT NULL,
	`pay_period` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `engagements_worker` ON `engagements` (`worker_id`);
CREATE TABLE `geofences` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`shapes` text NOT NULL,
	`wgs_shapes` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `geofences_site` ON `geofences` (`site_id`);
CREATE TABLE `guarantee_policies` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`stands_for` text NOT NULL,
	`insurer_name` text,
	`policy_number` text,
	`limit_minor` integer NOT NULL,
	`rules` text,
	`terms` text NOT NULL,
	`effective_on` text NOT NULL,
	`expires_on` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `guarantee_policy_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `hours_downloads` (
	`id` text PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`format` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`site_id` text,
	`worker_id` text,
	`rows` integer NOT NULL,
	`digest` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `identity_claims` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`legal_name` text NOT NULL,
	`document_kind` text NOT NULL,
	`document_number_sealed` text NOT NULL,
	`document_index` text NOT NULL,
	`document_masked` text NOT NULL,
	`country` text NOT NULL,
	`birth_on` text NOT NULL,
	`expires_on` text,
	`photos` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `identity_claims_worker` ON `identity_claims` (`worker_id`);
CREATE INDEX `identity_claims_document` ON `identity_claims` (`document_index`);
CREATE TABLE `identity_reveals` (
	`id` text PRIMARY KEY NOT NULL,
	`claim_id` text NOT NULL,
	`what` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `identity_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`claim_id` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`provider` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `identity_reviews_claim_id_unique` ON `identity_reviews` (`claim_id`);
CREATE TABLE `imported_punches` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`row` integer NOT NULL
);

CREATE INDEX `imported_punches_import` ON `imported_punches` (`import_id`,`row`);
CREATE TABLE `invitation_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `invitation_uses` (
	`id` text PRIMARY KEY NOT NULL,
	`invitation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`display_name` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `invitation_uses_person` ON `invitation_uses` (`invitation_id`,`person_id`);
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`label` text NOT NULL,
	`cap` integer NOT NULL,
	`expires_at` text NOT NULL,
	`approval_required` integer NOT NULL,
	`roles` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);
CREATE TABLE `journal` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`digest` text NOT NULL,
	`hash` text NOT NULL
);

CREATE INDEX `journal_subject` ON `journal` (`subject`);
CREATE TABLE `journal_anchors` (
	`id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`authority` text NOT NULL,
	`token` text NOT NULL,
	`stamped_at` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `kiosk_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`code_hash` text NOT NULL,
	`expires_at` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `kiosk_invitations_code_hash_unique` ON `kiosk_invitations` (`code_hash`);
CREATE TABLE `kiosk_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `kiosks` (
	`id` text PRIMARY KEY NOT NULL,
	`invitation_id` text NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `kiosks_invitation_id_unique` ON `kiosks` (`invitation_id`);
CREATE INDEX `kiosks_site` ON `kiosks` (`site_id`);
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`display_name` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `members_person_id_unique` ON `members` (`person_id`);
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`params` text NOT NULL,
	`link` text NOT NULL,
	`at` text NOT NULL,
	`read_at` text
);

CREATE INDEX `notices_unread` ON `notices` (`person_id`,`read_at`);
CREATE INDEX `notices_person` ON `notices` (`person_id`,`at`);
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` text NOT NULL,
	`due_at` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`delivered_at` text
);

CREATE INDEX `outbox_due` ON `outbox` (`delivered_at`,`due_at`);
CREATE TABLE `outside_numbers` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`system` text NOT NULL,
	`value` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `outside_numbers_worker` ON `outside_numbers` (`worker_id`,`system`);
CREATE TABLE `paid_spans` (
	`approval_id` text NOT NULL,
	`worker_id` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	PRIMARY KEY(`approval_id`, `starts_at`)
);

CREATE INDEX `paid_spans_worker` ON `paid_spans` (`worker_id`,`ends_at`);
CREATE TABLE `pay_adjustment_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `pay_adjustments` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`effective_on` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `pay_adjustments_engagement` ON `pay_adjustments` (`engagement_id`);
CREATE TABLE `pay_datum_corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`of` text NOT NULL,
	`value` text NOT NULL,
	`source` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `pay_file_downloads` (
	`id` text PRIMARY KEY NOT NULL,
	`pay_file_id` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `pay_file_mappings` (
	`id` text PRIMARY KEY NOT NULL,
	`format` text NOT NULL,
	`mapping` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `pay_file_mappings_format` ON `pay_file_mappings` (`format`);
CREATE TABLE `pay_files` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`format` text NOT NULL,
	`inputs` text NOT NULL,
	`part` integer NOT NULL,
	`parts` integer NOT NULL,
	`name` text NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`bytes` integer NOT NULL,
	`rows` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `pay_files_part` ON `pay_files` (`run_id`,`format`,`inputs`,`part`);
CREATE TABLE `pay_run_approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`calculation_id` text NOT NULL,
	`digest` text NOT NULL,
	`four_eyes` integer NOT NULL,
	`grade` text NOT NULL,
	`record` text NOT NULL,
	`proof` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `pay_run_approvals_calculation` ON `pay_run_approvals` (`calculation_id`);
CREATE TABLE `pay_run_calculation_starts` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`left_out` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `pay_run_calculation_starts_run` ON `pay_run_calculation_starts` (`run_id`);
CREATE TABLE `pay_run_calculations` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`digest` text NOT NULL,
	`rules_version` text NOT NULL,
	`left_out` text,
	`notes` text,
	`summary` text NOT NULL,
	`workers` integer NOT NULL,
	`gross_minor` integer NOT NULL,
	`withheld_minor` integer NOT NULL,
	`deducted_minor` integer NOT NULL,
	`reimbursed_minor` integer NOT NULL,
	`net_minor` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `pay_run_calculations_run` ON `pay_run_calculations` (`run_id`);
CREATE TABLE `pay_run_holds` (
	`run_id` text NOT NULL,
	`step` integer NOT NULL,
	`up_to` text NOT NULL,
	`done` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`run_id`, `step`)
);

CREATE TABLE `pay_run_lines` (
	`calculation_id` text NOT NULL,
	`line` integer NOT NULL,
	`worker_id` text NOT NULL,
	`engagement_id` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`seconds` integer,
	`rate_minor` integer,
	`amount_minor` integer NOT NULL,
	`approval_id` text,
	`source_id` text,
	`why` text NOT NULL,
	PRIMARY KEY(`calculation_id`, `line`)
);

CREATE INDEX `pay_run_lines_worker` ON `pay_run_lines` (`worker_id`);
CREATE INDEX `pay_run_lines_approval` ON `pay_run_lines` (`approval_id`);
CREATE TABLE `pay_run_nonces` (
	`id` text PRIMARY KEY NOT NULL,
	`calculation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`issued_at` text NOT NULL
);

CREATE TABLE `pay_run_payments` (
	`id` text PRIMARY KEY NOT NULL,
	`paid_on` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `pay_run_steps` (
	`calculation_id` text NOT NULL,
	`step` integer NOT NULL,
	`up_to` text NOT NULL,
	`workers` integer NOT NULL,
	`fold` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`calculation_id`, `step`)
);

CREATE TABLE `pay_run_workers` (
	`calculation_id` text NOT NULL,
	`worker_id` text NOT NULL,
	`inputs` text NOT NULL,
	`lines` integer NOT NULL,
	`seconds` integer NOT NULL,
	`gross_minor` integer NOT NULL,
	`withheld_minor` integer NOT NULL,
	`net_minor` integer NOT NULL,
	`checks` text,
	PRIMARY KEY(`calculation_id`, `worker_id`)
);

CREATE INDEX `pay_run_workers_worker` ON `pay_run_workers` (`worker_id`);
CREATE TABLE `pay_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`pay_period` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`pays_on` text NOT NULL,
	`note` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `pay_terms` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`site_id` text,
	`effective_on` text NOT NULL,
	`hourly_rate_minor` integer,
	`rules` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `pay_terms_effective` ON `pay_terms` (`engagement_id`,`effective_on`);
CREATE TABLE `payer_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`scheme` text NOT NULL,
	`facts_sealed` text NOT NULL,
	`masked` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `payer_accounts_scheme` ON `payer_accounts` (`scheme`);
CREATE TABLE `payment_answer_files` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`bytes` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `payment_answer_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`format` text NOT NULL,
	`mapping` text,
	`lines` integer NOT NULL,
	`unknown` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `payment_downloads` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`format` text NOT NULL,
	`rows` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `payment_events` (
	`id` text PRIMARY KEY NOT NULL,
	`payment_id` text NOT NULL,
	`kind` text NOT NULL,
	`code` text,
	`reason` text,
	`source` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `payment_events_payment` ON `payment_events` (`payment_id`,`kind`);
CREATE TABLE `payment_releases` (
	`id` text PRIMARY KEY NOT NULL,
	`payments` integer NOT NULL,
	`at` text NOT NULL
);

CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`worker_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`end_to_end_id` text NOT NULL,
	`channel` text NOT NULL,
	`account_id` text,
	`bank_name` text,
	`holder_name` text,
	`number_masked` text,
	`replaces_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `payments_end_to_end_id_unique` ON `payments` (`end_to_end_id`);
CREATE UNIQUE INDEX `payments_attempt` ON `payments` (`run_id`,`worker_id`,`attempt`);
CREATE INDEX `payments_worker` ON `payments` (`worker_id`);
CREATE TABLE `payout_account_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `payout_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`kind` text NOT NULL,
	`routing_code` text,
	`bank_name` text NOT NULL,
	`holder_name` text NOT NULL,
	`number_sealed` text NOT NULL,
	`number_masked` text NOT NULL,
	`effective_at` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `payout_accounts_worker` ON `payout_accounts` (`worker_id`);
CREATE TABLE `payout_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`tries` integer NOT NULL,
	`sent_at` text,
	`due_at` text,
	`cancel_asked` integer NOT NULL,
	`last_error` text,
	`provider_ref` text,
	`confirmation` text
);

CREATE INDEX `payout_calls_due` ON `payout_calls` (`due_at`);
CREATE TABLE `payout_orders` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`provider` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `payout_orders_run` ON `payout_orders` (`run_id`,`provider`);
CREATE TABLE `payout_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`is_on` integer NOT NULL,
	`facts` text NOT NULL,
	`secrets_sealed` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `position_coarsenings` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`rule` text NOT NULL,
	`punches` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `position_coarsenings_period` ON `position_coarsenings` (`engagement_id`,`starts_on`);
CREATE TABLE `punch_import_files` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`bytes` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `punch_import_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`kind` text NOT NULL,
	`up_to` integer NOT NULL,
	`recorded` integer NOT NULL,
	`skipped` integer NOT NULL,
	`refused` integer NOT NULL,
	`problems` text,
	`done` integer NOT NULL,
	`at` text NOT NULL
);

CREATE INDEX `punch_import_steps_import` ON `punch_import_steps` (`import_id`,`kind`);
CREATE TABLE `punch_import_undos` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `punch_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`rows` integer NOT NULL,
	`mapping` text NOT NULL,
	`note` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `punch_proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`site_id` text NOT NULL,
	`punch_id` text,
	`kind` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `punch_proofs_engagement` ON `punch_proofs` (`engagement_id`,`at`);
CREATE INDEX `punch_proofs_at` ON `punch_proofs` (`at`);
CREATE TABLE `punch_voids` (
	`id` text PRIMARY KEY NOT NULL,
	`correction_id` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `punches` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`site_id` text NOT NULL,
	`kind` text NOT NULL,
	`device_at` text NOT NULL,
	`received_at` text NOT NULL,
	`effective_at` text NOT NULL,
	`body_digest` text NOT NULL,
	`verdict` text NOT NULL,
	`metres` integer,
	`judged_as` text,
	`position_digest` text,
	`lat_e7` integer,
	`lng_e7` integer,
	`accuracy_metres` integer,
	`datum` text,
	`position_salt` text,
	`flags` text,
	`device_id` text,
	`seq` integer,
	`previous_digest` text,
	`record_digest` text,
	`signature` text,
	`proof` text,
	`evidence` text,
	`offset_ms` integer,
	`correction_id` text,
	`by` text NOT NULL
);

CREATE INDEX `punches_engagement` ON `punches` (`engagement_id`,`effective_at`);
CREATE INDEX `punches_device` ON `punches` (`device_id`,`seq`);
CREATE TABLE `role_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`role` text NOT NULL,
	`site_id` text,
	`client_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `role_grants_member` ON `role_grants` (`member_id`);
CREATE TABLE `role_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `roster_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `roster_expansions` (
	`id` text PRIMARY KEY NOT NULL,
	`roster_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`shifts` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `rosters` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	`every_weeks` integer NOT NULL,
	`lines` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `rosters_site` ON `rosters` (`site_id`);
CREATE TABLE `seal_certificate_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `seal_certificates` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`certificate` text NOT NULL,
	`chain` text NOT NULL,
	`key_sealed` text NOT NULL,
	`expires_at` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `seal_troubles` (
	`id` text PRIMARY KEY NOT NULL,
	`step` text NOT NULL,
	`problem` text NOT NULL,
	`detail` text NOT NULL,
	`failures` integer NOT NULL,
	`next_at` text NOT NULL,
	`at` text NOT NULL
);

CREATE INDEX `seal_troubles_next` ON `seal_troubles` (`step`,`next_at`);
CREATE TABLE `shift_acknowledgements` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`engagement_id` text NOT NULL,
	`facts` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `shift_acknowledgements_engagement` ON `shift_acknowledgements` (`engagement_id`,`shift_id`);
CREATE TABLE `shift_assignment_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`cause` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `shift_assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`engagement_id` text NOT NULL,
	`cause` text NOT NULL,
	`cause_id` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `shift_assignments_shift` ON `shift_assignments` (`shift_id`);
CREATE INDEX `shift_assignments_engagement` ON `shift_assignments` (`engagement_id`);
CREATE TABLE `shift_cancellations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `shift_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`site_id` text NOT NULL,
	`day` text NOT NULL,
	`start_time` text NOT NULL,
	`ends_on` text NOT NULL,
	`end_time` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text NOT NULL,
	`site_ids` text NOT NULL,
	`breaks` text,
	`early_seconds` integer,
	`late_seconds` integer,
	`engagement_ids` text NOT NULL,
	`assigned_then` text NOT NULL,
	`open_places` integer NOT NULL,
	`note` text NOT NULL,
	`roster_key` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `shift_drafts_shift` ON `shift_drafts` (`shift_id`);
CREATE INDEX `shift_drafts_day` ON `shift_drafts` (`day`,`site_id`);
CREATE INDEX `shift_drafts_roster` ON `shift_drafts` (`roster_key`);
CREATE TABLE `shift_feeds` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `shift_feeds_token_hash_unique` ON `shift_feeds` (`token_hash`);
CREATE INDEX `shift_feeds_worker` ON `shift_feeds` (`worker_id`);
CREATE TABLE `shift_publications` (
	`id` text PRIMARY KEY NOT NULL,
	`batch_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`draft_id` text NOT NULL,
	`warnings` text,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `shift_publications_shift` ON `shift_publications` (`shift_id`);
CREATE INDEX `shift_publications_draft` ON `shift_publications` (`draft_id`);
CREATE INDEX `shift_publications_batch` ON `shift_publications` (`batch_id`);
CREATE TABLE `shift_swap_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `shift_swap_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `shift_swap_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `shift_swaps` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`engagement_id` text NOT NULL,
	`return_assignment_id` text,
	`note` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `shift_swaps_assignment` ON `shift_swaps` (`assignment_id`);
CREATE INDEX `shift_swaps_engagement` ON `shift_swaps` (`engagement_id`);
CREATE TABLE `shift_template_ends` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `shift_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`start_time` text NOT NULL,
	`end_time` text NOT NULL,
	`breaks` text,
	`early_seconds` integer,
	`late_seconds` integer,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `shift_templates_site` ON `shift_templates` (`site_id`);
CREATE TABLE `signing_nonces` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`slot_id` text NOT NULL,
	`person_id` text NOT NULL,
	`issued_at` text NOT NULL
);

CREATE TABLE `site_policies` (
	`id` text PRIMARY KEY NOT NULL,
	`site_id` text NOT NULL,
	`effective_on` text NOT NULL,
	`rules` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `site_policies_site` ON `site_policies` (`site_id`);
CREATE TABLE `sites` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`zone` text NOT NULL,
	`client_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `tax_files` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`period` text NOT NULL,
	`name` text NOT NULL,
	`file_id` text NOT NULL,
	`digest` text NOT NULL,
	`bytes` integer NOT NULL,
	`rows` integer NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `tax_files_period` ON `tax_files` (`period`);
CREATE TABLE `timesheet_approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`digest` text NOT NULL,
	`entries` text NOT NULL,
	`seconds` integer NOT NULL,
	`rule` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `timesheet_approvals_key` ON `timesheet_approvals` (`engagement_id`,`starts_on`);
CREATE INDEX `timesheet_approvals_period` ON `timesheet_approvals` (`starts_on`,`ends_on`);
CREATE TABLE `timesheet_locks` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `timesheet_locks_run` ON `timesheet_locks` (`run_id`);
CREATE TABLE `timesheet_reopenings` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`correction_id` text,
	`punch_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `timesheet_submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`digest` text NOT NULL,
	`note` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `timesheet_submissions_key` ON `timesheet_submissions` (`engagement_id`,`starts_on`);
CREATE TABLE `unit_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `unit_decisions_report` ON `unit_decisions` (`report_id`);
CREATE TABLE `unit_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`day` text NOT NULL,
	`unit` text NOT NULL,
	`quantity_hundredths` integer NOT NULL,
	`note` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `unit_reports_engagement` ON `unit_reports` (`engagement_id`,`day`);
CREATE TABLE `witness_photo_deletions` (
	`id` text PRIMARY KEY NOT NULL,
	`rule` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `witness_photos` (
	`id` text PRIMARY KEY NOT NULL,
	`kiosk_id` text NOT NULL,
	`file_id` text NOT NULL,
	`delete_at` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `witness_photos_due` ON `witness_photos` (`delete_at`);
CREATE TABLE `work_card_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `work_cards` (
	`id` text PRIMARY KEY NOT NULL,
	`engagement_id` text NOT NULL,
	`contract_id` text NOT NULL,
	`token` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `work_cards_engagement` ON `work_cards` (`engagement_id`);
CREATE TABLE `worker_device_revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE TABLE `worker_devices` (
	`id` text PRIMARY KEY NOT NULL,
	`worker_id` text NOT NULL,
	`public_key` text NOT NULL,
	`label` text NOT NULL,
	`bound_by` text NOT NULL,
	`installation` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE INDEX `worker_devices_worker` ON `worker_devices` (`worker_id`);
CREATE INDEX `worker_devices_installation` ON `worker_devices` (`installation`);
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`display_name` text NOT NULL,
	`invitation_id` text,
	`at` text NOT NULL,
	`by` text NOT NULL
);

CREATE UNIQUE INDEX `workers_person_id_unique` ON `workers` (`person_id`);
-- The same seconds of a worker are paid once: what an approval holds is claimed by it, until it is reopened.
CREATE TRIGGER `timesheet_approvals_claim` AFTER INSERT ON `timesheet_approvals` BEGIN
	INSERT INTO `paid_spans` (`approval_id`, `worker_id`, `starts_at`, `ends_at`)
	SELECT new.id, e.worker_id, json_extract(i.value, '$.startsAt'), json_extract(i.value, '$.endsAt')
	FROM `engagements` AS e, json_each(new.entries) AS d, json_each(d.value, '$.intervals') AS i
	WHERE e.id = new.engagement_id AND json_extract(i.value, '$.startsAt') < json_extract(i.value, '$.endsAt')
	UNION ALL SELECT new.id, e.worker_id, json_extract(b.value, '$.startsAt'), strftime('%Y-%m-%dT%H:%M:%fZ', json_extract(b.value, '$.startsAt'), json_extract(b.value, '$.seconds') || ' seconds')
	FROM `engagements` AS e, json_each(new.entries) AS d, json_each(d.value, '$.breaks') AS b
	WHERE e.id = new.engagement_id AND json_extract(b.value, '$.paid') AND NOT json_extract(b.value, '$.automatic'); END;
CREATE TRIGGER `paid_spans_once` BEFORE INSERT ON `paid_spans` WHEN EXISTS (
	SELECT 1 FROM `paid_spans` AS p LEFT JOIN `timesheet_reopenings` AS r ON r.id = p.approval_id
	WHERE p.worker_id = new.worker_id AND p.ends_at > new.starts_at AND p.starts_at < new.ends_at AND r.id IS NULL
) BEGIN SELECT RAISE(ABORT, 'hours-overlap'); END;
-- Nobody is paid twice: a worker's pay of a run is tried again only when every try before was rejected, cancelled or came back.
CREATE TRIGGER `payments_once` BEFORE INSERT ON `payments` WHEN EXISTS (
	SELECT 1 FROM `payments` AS p WHERE p.run_id = new.run_id AND p.worker_id = new.worker_id
	AND NOT EXISTS (SELECT 1 FROM `payment_events` AS e WHERE e.payment_id = p.id AND e.kind = 'returned')
	AND (EXISTS (SELECT 1 FROM `payment_events` AS e WHERE e.payment_id = p.id AND e.kind = 'decided-paid')
	OR NOT EXISTS (SELECT 1 FROM `payment_events` AS e WHERE e.payment_id = p.id AND e.kind = 'decided-unpaid')
	AND (EXISTS (SELECT 1 FROM `payment_events` AS e WHERE e.payment_id = p.id AND e.kind = 'paid')
	OR NOT EXISTS (SELECT 1 FROM `payment_events` AS e WHERE e.payment_id = p.id AND e.kind IN ('rejected', 'cancelled'))))
) BEGIN SELECT RAISE(ABORT, 'payment-open'); END;
CREATE TRIGGER `payments_same_amount` BEFORE INSERT ON `payments` WHEN EXISTS (
	SELECT 1 FROM `payments` AS p WHERE p.run_id = new.run_id AND p.worker_id = new.worker_id
	AND (p.amount_minor <> new.amount_minor OR p.currency <> new.currency)
) BEGIN SELECT RAISE(ABORT, 'payment-amount'); END;
