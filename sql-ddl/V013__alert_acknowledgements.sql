-- Who takes care of an alert, and since when. It is a person's word and not the job's, so it has a
-- table of its own: the job's rows of an alert replace each other in `alerts`, where the columns of
-- these names stay empty.
CREATE TABLE IF NOT EXISTS tidewatch.alert_acknowledgements
(
    alert_id String,
    acknowledged_by String,
    acknowledged_at Nullable(DateTime64(3, 'UTC')),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY alert_id;

CREATE OR REPLACE VIEW tidewatch.v_alert_acknowledgements
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.alert_acknowledgements FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_alerts
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    a.* EXCEPT (acknowledged_by, acknowledged_at, version, is_deleted, inserted_at),
    k.acknowledged_by AS acknowledged_by,
    k.acknowledged_at AS acknowledged_at
FROM (SELECT * FROM tidewatch.alerts FINAL WHERE is_deleted = 0) AS a
LEFT JOIN
(
    SELECT alert_id, acknowledged_by, acknowledged_at
    FROM tidewatch.alert_acknowledgements FINAL
    WHERE is_deleted = 0
) AS k ON k.alert_id = a.alert_id
SETTINGS do_not_merge_across_partitions_select_final = 1;
