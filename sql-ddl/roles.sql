-- Who may see what. Applied after the migrations, each time, on servers that keep roles.
--
-- Readers get views only, and of those that are about persons only the columns that name nobody:
-- no user_id, anonymous_id, session_id, person, properties or payload. Give a role to a user with
-- GRANT analyst TO alice.

CREATE ROLE IF NOT EXISTS tidewatch_writer;
CREATE ROLE IF NOT EXISTS executive;
CREATE ROLE IF NOT EXISTS marketing_manager;
CREATE ROLE IF NOT EXISTS campaign_specialist;
CREATE ROLE IF NOT EXISTS analyst;
CREATE ROLE IF NOT EXISTS dashboards;

-- The job and its commands.
GRANT SELECT, INSERT ON tidewatch.* TO tidewatch_writer;

-- The company's figures, targets and alerts.
GRANT SELECT ON tidewatch.v_metric_windows TO executive;
GRANT SELECT ON tidewatch.v_kpi_targets TO executive;
GRANT SELECT ON tidewatch.v_fx_rates TO executive;
GRANT SELECT ON tidewatch.v_alerts TO executive;
GRANT SELECT(customer_id, company_name, industry, tier, plan, country, acquisition_channel, signup_date, first_api_call_date, mrr, created_at, updated_at) ON tidewatch.v_dim_customers TO executive;
GRANT SELECT ON tidewatch.v_fact_customer_health TO executive;
GRANT SELECT ON tidewatch.v_customer_transitions TO executive;
GRANT SELECT ON tidewatch.v_fact_revenue TO executive;
GRANT SELECT ON tidewatch.v_mrr_movements TO executive;
GRANT SELECT ON tidewatch.v_mrr_daily TO executive;
GRANT SELECT ON tidewatch.v_mrr_monthly TO executive;
GRANT SELECT ON tidewatch.v_unit_economics TO executive;
GRANT SELECT ON tidewatch.v_lifetime_value TO executive;
GRANT SELECT ON tidewatch.v_cohort_retention_weekly TO executive;
GRANT SELECT ON tidewatch.v_cohort_retention_monthly TO executive;
GRANT SELECT ON tidewatch.v_experiment_results TO executive;

-- Campaigns, channels, funnels and what they brought in.
GRANT SELECT ON tidewatch.v_metric_windows TO marketing_manager;
GRANT SELECT ON tidewatch.v_kpi_targets TO marketing_manager;
GRANT SELECT ON tidewatch.v_fx_rates TO marketing_manager;
GRANT SELECT ON tidewatch.v_alerts TO marketing_manager;
GRANT SELECT ON tidewatch.v_experiment_results TO marketing_manager;
GRANT SELECT ON tidewatch.v_unit_economics TO marketing_manager;
GRANT SELECT ON tidewatch.v_cohort_retention_weekly TO marketing_manager;
GRANT SELECT ON tidewatch.v_cohort_retention_monthly TO marketing_manager;
GRANT SELECT(started_at, ended_at, page_views, events, entry_path, exit_path, channel, campaign, country, bounced, converted, revenue) ON tidewatch.v_sessions TO marketing_manager;
GRANT SELECT(funnel, entered_at, step, step_name, reached_at) ON tidewatch.v_funnel_steps TO marketing_manager;
GRANT SELECT(conversion_id, model, touch_index, conversion_type, conversion_time, channel, campaign, touch_time, credit, value) ON tidewatch.v_attribution_credits TO marketing_manager;

-- The running of campaigns, hour by hour.
GRANT SELECT ON tidewatch.v_metric_windows TO campaign_specialist;
GRANT SELECT ON tidewatch.v_alerts TO campaign_specialist;
GRANT SELECT ON tidewatch.v_experiment_results TO campaign_specialist;
GRANT SELECT(started_at, ended_at, page_views, events, entry_path, exit_path, channel, campaign, country, bounced, converted) ON tidewatch.v_sessions TO campaign_specialist;

-- Everything that can be analysed without knowing who it was.
GRANT SELECT ON tidewatch.v_metric_windows TO analyst;
GRANT SELECT ON tidewatch.v_kpi_targets TO analyst;
GRANT SELECT ON tidewatch.v_fx_rates TO analyst;
GRANT SELECT ON tidewatch.v_alerts TO analyst;
GRANT SELECT(customer_id, company_name, industry, tier, plan, country, acquisition_channel, signup_date, first_api_call_date, mrr, created_at, updated_at) ON tidewatch.v_dim_customers TO analyst;
GRANT SELECT ON tidewatch.v_fact_customer_health TO analyst;
GRANT SELECT ON tidewatch.v_customer_transitions TO analyst;
GRANT SELECT ON tidewatch.v_fact_api_usage TO analyst;
GRANT SELECT ON tidewatch.v_fact_revenue TO analyst;
GRANT SELECT ON tidewatch.v_fact_feature_usage TO analyst;
GRANT SELECT ON tidewatch.v_mrr_movements TO analyst;
GRANT SELECT ON tidewatch.v_mrr_daily TO analyst;
GRANT SELECT ON tidewatch.v_mrr_monthly TO analyst;
GRANT SELECT ON tidewatch.v_unit_economics TO analyst;
GRANT SELECT ON tidewatch.v_lifetime_value TO analyst;
GRANT SELECT ON tidewatch.v_cohort_retention_weekly TO analyst;
GRANT SELECT ON tidewatch.v_cohort_retention_monthly TO analyst;
GRANT SELECT ON tidewatch.v_experiment_results TO analyst;
GRANT SELECT ON tidewatch.v_data_quality TO analyst;
GRANT SELECT ON tidewatch.v_late_events TO analyst;
GRANT SELECT(type, time, source, event_id, received_at, customer_id, amount, currency) ON tidewatch.v_fact_events TO analyst;
GRANT SELECT(source, topic, partition, offset, received_at, reason_code, reason) ON tidewatch.v_dead_letters TO analyst;
GRANT SELECT(started_at, ended_at, page_views, events, entry_path, exit_path, channel, campaign, country, bounced, converted, revenue) ON tidewatch.v_sessions TO analyst;
GRANT SELECT(funnel, entered_at, step, step_name, reached_at) ON tidewatch.v_funnel_steps TO analyst;
GRANT SELECT(conversion_id, model, touch_index, conversion_type, conversion_time, channel, campaign, touch_time, credit, value) ON tidewatch.v_attribution_credits TO analyst;

-- What Grafana asks, in the name of whoever may open its dashboards: it changes nothing, and no
-- question of it keeps others waiting. Its data source sets the time limit of each query.
GRANT SELECT ON tidewatch.v_metric_windows TO dashboards;
GRANT SELECT ON tidewatch.v_kpi_targets TO dashboards;
GRANT SELECT ON tidewatch.v_alerts TO dashboards;
GRANT SELECT(customer_id, company_name, industry, tier, plan, country, acquisition_channel, signup_date, first_api_call_date, mrr, segment, churn_probability, churn_risk, churn_reasons, remaining_months, lifetime_value, lifetime_value_low, lifetime_value_high, created_at, updated_at) ON tidewatch.v_dim_customers TO dashboards;
GRANT SELECT ON tidewatch.v_fact_customer_health TO dashboards;
GRANT SELECT ON tidewatch.v_customer_transitions TO dashboards;
GRANT SELECT ON tidewatch.v_mrr_movements TO dashboards;
GRANT SELECT ON tidewatch.v_unit_economics TO dashboards;
GRANT SELECT ON tidewatch.v_lifetime_value TO dashboards;
GRANT SELECT ON tidewatch.v_fact_api_usage TO dashboards;
GRANT SELECT ON tidewatch.v_late_events TO dashboards;
CREATE SETTINGS PROFILE IF NOT EXISTS dashboards SETTINGS readonly = 1, max_execution_time = 30 CHANGEABLE_IN_READONLY, max_result_rows = 100000 TO dashboards;
