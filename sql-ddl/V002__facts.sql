-- Accepted events from sources, one row each. Absent texts are ''.
CREATE TABLE IF NOT EXISTS tidewatch.fact_events
(
    type LowCardinality(String),
    time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    source LowCardinality(String),
    event_id String CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    customer_id String CODEC(ZSTD(1)),
    user_id String CODEC(ZSTD(1)),
    anonymous_id String CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    properties Map(String, String) CODEC(ZSTD(1)),
    amount Nullable(Decimal(18, 4)),
    currency LowCardinality(String),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1)),
    INDEX by_customer customer_id TYPE bloom_filter GRANULARITY 4,
    INDEX by_time time TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(time)
ORDER BY (type, time, source, event_id);

-- The tables below are split from fact_events row to row. Each row carries its fact's identity,
-- version and tombstone. Their views never refuse a fact: a number they can't read is NULL.

CREATE TABLE IF NOT EXISTS tidewatch.fact_api_usage
(
    id String CODEC(ZSTD(1)),
    source LowCardinality(String),
    customer_id String CODEC(ZSTD(1)),
    endpoint LowCardinality(String),
    method LowCardinality(String),
    response_code Nullable(UInt16),
    response_time_ms Nullable(Float64),
    bytes_processed Nullable(Int64),
    compute_units Nullable(Decimal(18, 4)),
    timestamp DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    date_partition Date,
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1)),
    INDEX by_customer customer_id TYPE bloom_filter GRANULARITY 4,
    INDEX by_endpoint endpoint TYPE set(100) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (timestamp, source, id);

CREATE MATERIALIZED VIEW IF NOT EXISTS tidewatch.split_api_usage TO tidewatch.fact_api_usage AS
SELECT
    event_id AS id,
    source,
    customer_id,
    properties['endpoint'] AS endpoint,
    properties['method'] AS method,
    toUInt16OrNull(properties['status_code']) AS response_code,
    toFloat64OrNull(properties['response_time_ms']) AS response_time_ms,
    toInt64OrNull(properties['bytes_processed']) AS bytes_processed,
    toDecimal64OrNull(properties['compute_units'], 4) AS compute_units,
    time AS timestamp,
    toDate(time) AS date_partition,
    version,
    is_deleted
FROM tidewatch.fact_events
WHERE type = 'api.request';

-- Money that came in and, negative, money that went back: the sum of amount is net revenue.
CREATE TABLE IF NOT EXISTS tidewatch.fact_revenue
(
    id String CODEC(ZSTD(1)),
    source LowCardinality(String),
    type LowCardinality(String),
    customer_id String CODEC(ZSTD(1)),
    subscription_id String CODEC(ZSTD(1)),
    amount Nullable(Decimal(18, 4)),
    currency LowCardinality(String),
    revenue_type LowCardinality(String),
    billing_period_start Nullable(Date),
    billing_period_end Nullable(Date),
    processed_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    stripe_invoice_id String CODEC(ZSTD(1)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1)),
    INDEX by_customer customer_id TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(processed_at)
ORDER BY (type, processed_at, source, id);

CREATE MATERIALIZED VIEW IF NOT EXISTS tidewatch.split_revenue TO tidewatch.fact_revenue AS
SELECT
    event_id AS id,
    source,
    type,
    customer_id,
    properties['subscription_id'] AS subscription_id,
    if(type = 'payment.refunded', -amount, amount) AS amount,
    currency,
    properties['revenue_type'] AS revenue_type,
    toDate(parseDateTime64BestEffortOrNull(properties['billing_period_start'], 3, 'UTC'), 'UTC') AS billing_period_start,
    toDate(parseDateTime64BestEffortOrNull(properties['billing_period_end'], 3, 'UTC'), 'UTC') AS billing_period_end,
    time AS processed_at,
    properties['invoice_id'] AS stripe_invoice_id,
    version,
    is_deleted
FROM tidewatch.fact_events
WHERE type IN ('payment.succeeded', 'payment.refunded');

CREATE TABLE IF NOT EXISTS tidewatch.fact_feature_usage
(
    id String CODEC(ZSTD(1)),
    source LowCardinality(String),
    customer_id String CODEC(ZSTD(1)),
    feature_name LowCardinality(String),
    usage_count UInt32,
    first_used_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    last_used_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    date_partition Date,
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1)),
    INDEX by_customer customer_id TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(first_used_at)
ORDER BY (first_used_at, source, id);

CREATE MATERIALIZED VIEW IF NOT EXISTS tidewatch.split_feature_usage TO tidewatch.fact_feature_usage AS
SELECT
    event_id AS id,
    source,
    customer_id,
    properties['feature'] AS feature_name,
    1 AS usage_count,
    time AS first_used_at,
    time AS last_used_at,
    toDate(time) AS date_partition,
    version,
    is_deleted
FROM tidewatch.fact_events
WHERE type = 'feature.used';
