-- What a customer pays may be more than any one amount: a price by the day, many times over.
ALTER TABLE tidewatch.dim_customers
    MODIFY COLUMN mrr Nullable(Decimal(38, 4)),
    MODIFY COLUMN lifetime_value Nullable(Decimal(38, 4)),
    MODIFY COLUMN lifetime_value_low Nullable(Decimal(38, 4)),
    MODIFY COLUMN lifetime_value_high Nullable(Decimal(38, 4));

-- A view keeps the columns it was made with.
CREATE OR REPLACE VIEW tidewatch.v_dim_customers
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (version, is_deleted, inserted_at)
FROM tidewatch.dim_customers FINAL
WHERE is_deleted = 0
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- What those who pay are expected to bring, by their plan and segment of today:
--   remaining_months      the mean of what is expected of each
--   lifetime_value        Σ remaining months × MRR × gross margin; low and high add up the bounds of
--                         each, so they enclose more than 95 %
-- NULL until a model of lifetimes was trained.
CREATE OR REPLACE VIEW tidewatch.v_lifetime_value
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    customers.plan AS plan,
    customers.segment AS segment,
    count() AS customers,
    sum(customers.mrr) AS mrr,
    avgOrNull(customers.remaining_months) AS remaining_months,
    sumOrNull(customers.lifetime_value) AS lifetime_value,
    sumOrNull(customers.lifetime_value_low) AS lifetime_value_low,
    sumOrNull(customers.lifetime_value_high) AS lifetime_value_high
FROM tidewatch.v_dim_customers AS customers
WHERE customers.mrr > 0
GROUP BY plan, segment;

-- Money spent on ads, with what it names.
CREATE OR REPLACE VIEW tidewatch.v_advertising_by_day
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    day,
    properties['channel'] AS channel,
    properties['country'] AS country,
    CAST(ifNull(amount, 0) AS Decimal(38, 4)) AS paid
FROM tidewatch.v_converted_events
WHERE type = 'ad.spend';

-- The economics of a customer by month: of all ('', ''), and of each value of the dimensions plan,
-- tier, country and channel. What is divided by zero or not known is NULL. Tier, country and channel
-- are the customer's of today; an opening counts for the plan at the month's start, a closing for
-- the one at its end.
--
--   mrr              Σ MRR at the month's end
--   arr              12 × mrr
--   arpu             mrr ÷ paying_customers
-- Over those who were customers at the month's start, where start is what they paid then:
--   nrr              (start + expansion − contraction − churn) ÷ start
--   grr              (start − contraction − churn) ÷ start
--   logo_churn       customers who churned ÷ customers at start
--   revenue_churn    (churn + contraction) ÷ start
-- Over all:
--   ltv              arpu × gross margin ÷ revenue_churn
--   cac              spend ÷ customers with a `new` movement, where spend is ad.spend and the
--                    configured other spend of a month. A channel's is the spend on its ads alone.
--                    A plan, a tier and a country have an equal share, per new customer, of what
--                    names none: for plans and tiers that is all spend; a country has the spend on
--                    ads shown there besides
--   payback_months   cac ÷ (arpu × gross margin)
--   quick_ratio      (new + reactivation + expansion) ÷ (contraction + churn)
CREATE OR REPLACE VIEW tidewatch.v_unit_economics
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    month,
    dimension,
    value,
    customers.mrr AS mrr,
    customers.paying AS paying_customers,
    customers.starting AS customers_at_start,
    customers.acquired AS new_customers,
    12 * mrr AS arr,
    toFloat64(mrr) / nullIf(paying_customers, 0) AS arpu,
    toFloat64(customers.start + customers.start_up - customers.start_lost) / nullIf(toFloat64(customers.start), 0) AS nrr,
    toFloat64(customers.start - customers.start_lost) / nullIf(toFloat64(customers.start), 0) AS grr,
    customers.churned / nullIf(customers_at_start, 0) AS logo_churn,
    toFloat64(customers.start_lost) / nullIf(toFloat64(customers.start), 0) AS revenue_churn,
    arpu * toFloat64(settings.gross_margin) / nullIf(revenue_churn, 0) AS ltv,
    toFloat64(named.amount) / nullIf(new_customers, 0) + if(
        dimension = 'channel',
        0,
        toFloat64(spend.amount - if(dimension = 'country', spend.of_countries, 0) + settings.monthly_sales_and_marketing)
            / nullIf(max(if(dimension = '', new_customers, 0)) OVER (PARTITION BY month), 0)) AS cac,
    cac / nullIf(arpu * toFloat64(settings.gross_margin), 0) AS payback_months,
    toFloat64(customers.gained) / nullIf(toFloat64(customers.lost), 0) AS quick_ratio
FROM
(
    SELECT
        month,
        dimension,
        value,
        sumIf(closing, is_end) AS mrr,
        countIf(is_end AND closing > 0) AS paying,
        countIf(is_end AND new > 0) AS acquired,
        sumIf(new + reactivation + expansion, is_end) AS gained,
        sumIf(contraction + churn, is_end) AS lost,
        countIf(is_start AND opening > 0) AS starting,
        countIf(is_start AND opening > 0 AND churn > 0) AS churned,
        sumIf(opening, is_start) AS start,
        sumIf(expansion, is_start AND opening > 0) AS start_up,
        sumIf(contraction + churn, is_start AND opening > 0) AS start_lost
    FROM
    (
        SELECT
            months.*,
            profiles.tier AS tier,
            profiles.country AS country,
            profiles.acquisition_channel AS channel
        FROM tidewatch.v_customer_months AS months
        LEFT JOIN tidewatch.v_dim_customers AS profiles USING (customer_id)
    )
    ARRAY JOIN
        ['', 'plan', 'plan', 'tier', 'country', 'channel'] AS dimension,
        ['', opening_plan, closing_plan, tier, country, channel] AS value,
        [true, true, false, true, true, true] AS is_start,
        [true, false, true, true, true, true] AS is_end
    GROUP BY month, dimension, value
    HAVING start > 0 OR gained > 0 OR lost > 0 OR mrr > 0
) AS customers
LEFT JOIN
(
    SELECT
        toStartOfMonth(day) AS month,
        dimension,
        value,
        sum(paid) AS amount
    FROM tidewatch.v_advertising_by_day
    ARRAY JOIN ['channel', 'country'] AS dimension, [channel, country] AS value
    WHERE value != ''
    GROUP BY month, dimension, value
) AS named USING (month, dimension, value)
LEFT JOIN
(
    SELECT
        toStartOfMonth(day) AS month,
        sum(paid) AS amount,
        sumIf(paid, country != '') AS of_countries
    FROM tidewatch.v_advertising_by_day
    GROUP BY month
) AS spend USING (month)
CROSS JOIN tidewatch.v_reporting_settings AS settings
SETTINGS join_use_nulls = 0;
