CREATE TABLE IF NOT EXISTS tidewatch.dim_customers
(
    customer_id String,
    email_hash String,
    company_name String,
    industry LowCardinality(String),
    tier LowCardinality(String),
    plan LowCardinality(String),
    country LowCardinality(String),
    acquisition_channel LowCardinality(String),
    signup_date Nullable(DateTime64(3, 'UTC')),
    first_api_call_date Nullable(DateTime64(3, 'UTC')),
    mrr Nullable(Decimal(18, 4)),
    created_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY customer_id;

-- A customer's health as of calculated_at; the five points add up to the score before rounding.
CREATE TABLE IF NOT EXISTS tidewatch.fact_customer_health
(
    id String CODEC(ZSTD(1)),
    customer_id String,
    health_score UInt8,
    usage_points Float64,
    recency_points Float64,
    adoption_points Float64,
    payment_points Float64,
    support_points Float64,
    api_calls_last_7d UInt64,
    api_calls_last_30d UInt64,
    last_login_date Nullable(DateTime64(3, 'UTC')),
    support_tickets_open UInt32,
    payment_status LowCardinality(String),
    feature_adoption_score Decimal(5, 2),
    calculated_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    date_partition Date,
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(calculated_at)
ORDER BY (customer_id, calculated_at);

CREATE TABLE IF NOT EXISTS tidewatch.customer_transitions
(
    customer_id String,
    time DateTime64(3, 'UTC'),
    from_category LowCardinality(String),
    to_category LowCardinality(String),
    score_before UInt8,
    score_after UInt8,
    segment LowCardinality(String),
    churn_probability Nullable(Float64),
    reason String,
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(time)
ORDER BY (customer_id, time);

-- One row for each change of a customer's monthly recurring revenue.
CREATE TABLE IF NOT EXISTS tidewatch.mrr_movements
(
    customer_id String,
    event_id String,
    time DateTime64(3, 'UTC'),
    kind LowCardinality(String),
    delta Decimal(38, 4),
    mrr_before Decimal(38, 4),
    mrr_after Decimal(38, 4),
    subscription_id String,
    plan LowCardinality(String),
    currency LowCardinality(String),
    original_amount Nullable(Decimal(18, 4)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (customer_id, event_id);
