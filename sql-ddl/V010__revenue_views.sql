-- What the configuration says about how views count. `tidewatch migrate` and `tidewatch up` put the
-- values of tidewatch.yaml in place of these.
CREATE VIEW IF NOT EXISTS tidewatch.v_reporting_settings
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    'UTC' AS timezone,
    '' AS currency,
    CAST(NULL AS Nullable(Decimal(38, 4))) AS gross_margin,
    CAST('0' AS Decimal(38, 4)) AS monthly_sales_and_marketing;

-- Movements with the local day they belong to. (Where a view is made, ClickHouse puts an empty value
-- in the place of a subquery.)
CREATE OR REPLACE VIEW tidewatch.v_mrr_movements_by_day
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
WITH (SELECT any(timezone) FROM tidewatch.v_reporting_settings) AS zone
SELECT *, toDate(time, ifNull(nullIf(zone, ''), 'UTC')) AS day
FROM tidewatch.v_mrr_movements;

-- Facts with the local day they belong to and their money in the reporting currency, where there is
-- one: at the latest rate on or before the day that is no more than 7 days old, half-even to 4
-- decimals; NULL without such a rate. It repeats what the job does, with the rates of now.
CREATE OR REPLACE VIEW tidewatch.v_converted_events
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
WITH
    (SELECT any(timezone) FROM tidewatch.v_reporting_settings) AS zone,
    (SELECT any(currency) FROM tidewatch.v_reporting_settings) AS reporting
SELECT
    facts.* EXCEPT (amount, currency, properties, is_foreign),
    multiIf(
        NOT facts.is_foreign, CAST(facts.amount AS Nullable(Decimal(38, 4))),
        is_known, CAST(roundBankers(toDecimal256(facts.amount, 4) * rates.rate, 4) AS Nullable(Decimal(38, 4))),
        NULL) AS amount,
    if(facts.is_foreign AND is_known, assumeNotNull(reporting), facts.currency) AS currency,
    multiIf(
        NOT facts.is_foreign OR facts.type != 'campaign.budget', facts.properties,
        is_known, mapUpdate(facts.properties, map('daily_budget', toString(
            roundBankers(toDecimal256OrZero(facts.properties['daily_budget'], 18) * rates.rate, 4)))),
        mapFilter((name, property) -> name != 'daily_budget', facts.properties)) AS properties,
    facts.is_foreign AND rates.day + 7 >= facts.day AS is_known
FROM
(
    SELECT
        *,
        toDate(time, ifNull(nullIf(zone, ''), 'UTC')) AS day,
        ifNull(reporting, '') NOT IN ('', currency) AND currency != ''
            AND (amount IS NOT NULL OR type = 'campaign.budget') AS is_foreign
    FROM tidewatch.v_fact_events
) AS facts
ASOF LEFT JOIN
(
    SELECT currency, day, rate
    FROM tidewatch.v_fx_rates
    WHERE quote_currency = ifNull(reporting, '')
) AS rates ON facts.currency = rates.currency AND facts.day >= rates.day
SETTINGS join_use_nulls = 0;

-- Money that came in or went back, and money spent on advertising.
CREATE OR REPLACE VIEW tidewatch.v_money_by_day
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT type, customer_id, properties['channel'] AS channel, amount, day
FROM tidewatch.v_converted_events
WHERE type IN ('payment.succeeded', 'payment.refunded', 'ad.spend');

-- Monthly recurring revenue, day by day from the first movement to the last, days without any
-- included. A column named after a kind of movement adds up their sizes, all of them ≥ 0:
--   opening + new + expansion + reactivation − contraction − churn = closing
CREATE OR REPLACE VIEW tidewatch.v_mrr_daily
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    day,
    closing - net AS opening,
    new,
    expansion,
    contraction,
    churn,
    reactivation,
    net,
    sum(net) OVER (ORDER BY day) AS closing
FROM
(
    SELECT
        day,
        sumIf(delta, kind = 'new') AS new,
        sumIf(delta, kind = 'expansion') AS expansion,
        -sumIf(delta, kind = 'contraction') AS contraction,
        -sumIf(delta, kind = 'churn') AS churn,
        sumIf(delta, kind = 'reactivation') AS reactivation,
        sum(delta) AS net
    FROM tidewatch.v_mrr_movements_by_day
    GROUP BY day
    ORDER BY day WITH FILL
);

-- The same by month, which is named by its first day.
CREATE OR REPLACE VIEW tidewatch.v_mrr_monthly
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    toStartOfMonth(day) AS month,
    argMin(daily.opening, day) AS opening,
    sum(daily.new) AS new,
    sum(daily.expansion) AS expansion,
    sum(daily.contraction) AS contraction,
    sum(daily.churn) AS churn,
    sum(daily.reactivation) AS reactivation,
    sum(daily.net) AS net,
    argMax(daily.closing, day) AS closing
FROM tidewatch.v_mrr_daily AS daily
GROUP BY month;

-- Each customer's month: what they paid at its start and at its end, under which plan, and how they
-- moved in between. From a customer's first movement on, as long as they pay; a customer's plan is
-- the one of the movement before.
CREATE OR REPLACE VIEW tidewatch.v_customer_months
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    customer_id,
    addMonths(moved_in, months_later) AS month,
    if(months_later = 0, total - net, total) AS opening,
    total AS closing,
    if(months_later = 0, plan_before, plan_after) AS opening_plan,
    plan_after AS closing_plan,
    if(months_later = 0, moved_new, 0) AS new,
    if(months_later = 0, moved_up, 0) AS expansion,
    if(months_later = 0, moved_down, 0) AS contraction,
    if(months_later = 0, moved_out, 0) AS churn,
    if(months_later = 0, moved_back, 0) AS reactivation
FROM
(
    SELECT
        *,
        sum(net) OVER so_far AS total,
        lagInFrame(plan_after) OVER of_customer AS plan_before,
        leadInFrame(toNullable(moved_in)) OVER of_customer AS moved_next,
        max(moved_in) OVER () AS newest
    FROM
    (
        SELECT
            customer_id,
            toStartOfMonth(day) AS moved_in,
            sumIf(delta, kind = 'new') AS moved_new,
            sumIf(delta, kind = 'expansion') AS moved_up,
            -sumIf(delta, kind = 'contraction') AS moved_down,
            -sumIf(delta, kind = 'churn') AS moved_out,
            sumIf(delta, kind = 'reactivation') AS moved_back,
            sum(delta) AS net,
            argMax(plan, (time, event_id)) AS plan_after
        FROM tidewatch.v_mrr_movements_by_day
        GROUP BY customer_id, moved_in
    )
    WINDOW
        so_far AS (PARTITION BY customer_id ORDER BY moved_in),
        of_customer AS (PARTITION BY customer_id ORDER BY moved_in
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
ARRAY JOIN range(toUInt32(if(
    total = 0,
    1,
    dateDiff('month', moved_in, ifNull(moved_next, addMonths(newest, 1)))))) AS months_later;

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
--   cac              spend ÷ customers with a `new` movement, where spend is ad.spend and, of all
--                    customers, the configured other spend of a month; a channel's is the spend on
--                    its ads; by plan, tier and country it is not known
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
    multiIf(
        dimension = '', toFloat64(spend.amount + settings.monthly_sales_and_marketing),
        dimension = 'channel', toFloat64(spend.amount),
        NULL) / nullIf(new_customers, 0) AS cac,
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
    FROM
    (
        SELECT day, channel, CAST(ifNull(amount, 0) AS Decimal(38, 4)) AS paid
        FROM tidewatch.v_money_by_day
        WHERE type = 'ad.spend'
    )
    ARRAY JOIN ['', 'channel'] AS dimension, ['', channel] AS value
    GROUP BY month, dimension, value
) AS spend USING (month, dimension, value)
CROSS JOIN tidewatch.v_reporting_settings AS settings
SETTINGS join_use_nulls = 0;

-- Retention of the customers whose first payment (payment.succeeded) fell into the same week or
-- month, by whole periods since:
--   customers          of the cohort
--   active_customers   of them, who paid in the period
--   revenue            payments less refunds of the cohort's customers in the period
--   logo_retention     active_customers ÷ customers
--   revenue_retention  revenue ÷ revenue of period 0
-- Each cohort has all periods until the newest payment, also those in which nobody paid.
CREATE OR REPLACE VIEW tidewatch.v_cohort_retention
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    length,
    cohort,
    period,
    active[0] AS customers,
    active[period] AS active_customers,
    amounts[period] AS revenue,
    active_customers / customers AS logo_retention,
    toFloat64(revenue) / nullIf(toFloat64(amounts[0]), 0) AS revenue_retention
FROM
(
    SELECT
        length,
        cohort,
        mapFromArrays(groupArray(period), groupArray(paying)) AS active,
        mapFromArrays(groupArray(period), groupArray(amount)) AS amounts,
        range(max(newest_period) + 1) AS periods
    FROM
    (
        SELECT
            length,
            assumeNotNull(first_paid) AS cohort,
            toUInt32(if(length = 'week', dateDiff('day', cohort, start) / 7, dateDiff('month', cohort, start))) AS period,
            toUInt32(if(length = 'week', dateDiff('day', cohort, newest) / 7, dateDiff('month', cohort, newest))) AS newest_period,
            countIf(payments > 0) AS paying,
            sum(net) AS amount
        FROM
        (
            SELECT
                length,
                if(length = 'week', toMonday(day), toStartOfMonth(day)) AS start,
                countIf(type = 'payment.succeeded') AS payments,
                sum(CAST(ifNull(if(type = 'payment.refunded', -amount, amount), 0) AS Decimal(38, 4))) AS net,
                min(if(payments > 0, start, NULL)) OVER (PARTITION BY length, customer_id) AS first_paid,
                max(start) OVER (PARTITION BY length) AS newest
            FROM tidewatch.v_money_by_day
            ARRAY JOIN ['week', 'month'] AS length
            WHERE type IN ('payment.succeeded', 'payment.refunded') AND customer_id != ''
            GROUP BY length, customer_id, start
        )
        WHERE start >= first_paid
        GROUP BY length, cohort, newest, start
    )
    GROUP BY length, cohort
)
ARRAY JOIN periods AS period;

CREATE OR REPLACE VIEW tidewatch.v_cohort_retention_weekly
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (length) FROM tidewatch.v_cohort_retention WHERE length = 'week';

CREATE OR REPLACE VIEW tidewatch.v_cohort_retention_monthly
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT * EXCEPT (length) FROM tidewatch.v_cohort_retention WHERE length = 'month';
