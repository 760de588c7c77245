-- What dashboards and checks read: the rows that count, without the columns that decide it. A view
-- reads its table with the rights of whoever made it, so that roles need nothing but the views.

CREATE OR REPLACE VIEW tidewatch.v_fact_events
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.fact_events FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_fact_api_usage
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.fact_api_usage FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_fact_revenue
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.fact_revenue FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_fact_feature_usage
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.fact_feature_usage FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_metric_windows
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.metric_windows FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_kpi_targets
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.kpi_targets FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_fx_rates
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.fx_rates FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_dead_letters
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.dead_letters FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_late_events
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.late_events FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_data_quality
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.data_quality FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_dim_customers
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.dim_customers FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_fact_customer_health
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.fact_customer_health FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_customer_transitions
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.customer_transitions FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_mrr_movements
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.mrr_movements FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_sessions
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.sessions FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_funnel_steps
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.funnel_steps FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_attribution_credits
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.attribution_credits FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_experiment_results
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.experiment_results FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_alerts
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.alerts FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_erasure_log
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.erasure_log FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

CREATE OR REPLACE VIEW tidewatch.v_audit_log
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.audit_log FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
