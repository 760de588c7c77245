-- Whether a metric is to fall to its target, as metrics.yaml has it.
ALTER TABLE tidewatch.kpi_targets
    ADD COLUMN IF NOT EXISTS lower_is_better UInt8 AFTER value;

-- A view keeps the columns it was made with.
CREATE OR REPLACE VIEW tidewatch.v_kpi_targets
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.kpi_targets FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
