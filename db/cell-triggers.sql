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
