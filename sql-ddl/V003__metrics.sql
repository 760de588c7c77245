-- The value of each metric in each window and series. `amount` is the exact value where the unit
-- is currency and the formula at most adds and subtracts.
CREATE TABLE IF NOT EXISTS tidewatch.metric_windows
(
    metric LowCardinality(String),
    window LowCardinality(String),
    series String CODEC(ZSTD(1)),
    window_start DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    window_end DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    dims Map(String, String) CODEC(ZSTD(1)),
    value Float64 CODEC(ZSTD(1)),
    amount Nullable(Decimal(38, 4)) CODEC(ZSTD(1)),
    samples UInt64 CODEC(T64, ZSTD(1)),
    is_final UInt8,
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(window_start)
ORDER BY (metric, window, series, window_start);

-- What the business wants a metric to reach.
CREATE TABLE IF NOT EXISTS tidewatch.kpi_targets
(
    target String,
    metric LowCardinality(String),
    value Float64,
    by_date Nullable(Date),
    phase LowCardinality(String),
    owner LowCardinality(String),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY target;

-- One unit of currency is worth `rate` units of quote_currency on that day.
CREATE TABLE IF NOT EXISTS tidewatch.fx_rates
(
    currency LowCardinality(String),
    quote_currency LowCardinality(String),
    day Date,
    rate Decimal(38, 12),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(day)
ORDER BY (currency, quote_currency, day);
