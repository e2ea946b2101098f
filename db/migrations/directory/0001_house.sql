CREATE TABLE `accounts` (
	`person_id` text PRIMARY KEY NOT NULL,
	`display_name` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` text NOT NULL,
	`sessions_since` text NOT NULL
);

CREATE TABLE `addresses` (
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`address_sealed` text NOT NULL,
	`masked` text NOT NULL,
	`proved_at` text NOT NULL,
	PRIMARY KEY(`person_id`, `channel`)
);

CREATE TABLE `attempts` (
	`key` text NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`key`, `id`)
);

CREATE INDEX `attempts_at` ON `attempts` (`at`);
CREATE TABLE `codes` (
	`id` text PRIMARY KEY NOT NULL,
	`handle_hash` text NOT NULL,
	`code_hash` text NOT NULL,
	`attempts` integer NOT NULL,
	`expires_at` text NOT NULL,
	`sent_at` text NOT NULL,
	`sends` integer NOT NULL,
	`delivered_at` text,
	`spent_at` text
);

CREATE INDEX `codes_handle` ON `codes` (`handle_hash`,`sent_at`);
CREATE TABLE `devices` (
	`device_id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`public_key` text NOT NULL,
	`label` text NOT NULL,
	`bound_by` text NOT NULL,
	`enrolment` text NOT NULL,
	`created_at` text NOT NULL,
	`revoked_at` text
);

CREATE INDEX `devices_person` ON `devices` (`person_id`);
CREATE TABLE `enrolments` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`invite_token` text NOT NULL,
	`display_name` text NOT NULL,
	`device_id` text NOT NULL,
	`public_key` text NOT NULL,
	`check_word` text NOT NULL,
	`expires_at` text NOT NULL,
	`confirmed_by` text,
	`person_id` text
);

CREATE TABLE `handles` (
	`handle_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` text NOT NULL
);

CREATE TABLE `memberships` (
	`person_id` text NOT NULL,
	`org_id` text NOT NULL,
	`org_name` text NOT NULL,
	`standing` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`person_id`, `org_id`)
);

CREATE TABLE `operators` (
	`person_id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`ended_at` text
);

CREATE TABLE `orgs` (
	`org_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`registration_code` text NOT NULL,
	`created_at` text NOT NULL,
	`licence_at` text,
	`reviewed_at` text,
	`verified` integer NOT NULL
);

CREATE TABLE `passkeys` (
	`credential_id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`backed_up` integer NOT NULL,
	`device_type` text NOT NULL,
	`enrolment` text NOT NULL,
	`created_at` text NOT NULL,
	`used_at` text,
	`revoked_at` text
);

CREATE INDEX `passkeys_person` ON `passkeys` (`person_id`);
CREATE TABLE `registrations` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_by` text
);

CREATE TABLE `sent_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`at` text NOT NULL
);

CREATE TABLE `spent_challenges` (
	`challenge` text PRIMARY KEY NOT NULL,
	`spent_for` text,
	`spent_at` text NOT NULL
);

CREATE INDEX `spent_challenges_at` ON `spent_challenges` (`spent_at`);
