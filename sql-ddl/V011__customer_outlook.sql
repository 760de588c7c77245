-- What models expect of a customer, as of updated_at. The columns of lifetimes are NULL until a
-- model of them was trained.
ALTER TABLE tidewatch.dim_customers
    ADD COLUMN IF NOT EXISTS segment LowCardinality(String) AFTER mrr,
    ADD COLUMN IF NOT EXISTS churn_probability Nullable(Float64) AFTER segment,
    ADD COLUMN IF NOT EXISTS churn_risk LowCardinality(String) AFTER churn_probability,
    ADD COLUMN IF NOT EXISTS churn_reasons Array(String) AFTER churn_risk,
    ADD COLUMN IF NOT EXISTS remaining_months Nullable(Float64) AFTER churn_reasons,
    ADD COLUMN IF NOT EXISTS lifetime_value Nullable(Decimal(18, 4)) AFTER remaining_months,
    ADD COLUMN IF NOT EXISTS lifetime_value_low Nullable(Decimal(18, 4)) AFTER lifetime_value,
    ADD COLUMN IF NOT EXISTS lifetime_value_high Nullable(Decimal(18, 4)) AFTER lifetime_value_low;

-- A view keeps the columns it was made with.
CREATE OR REPLACE VIEW tidewatch.v_dim_customers
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.dim_customers FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;
