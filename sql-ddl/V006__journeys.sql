CREATE TABLE IF NOT EXISTS tidewatch.sessions
(
    person String CODEC(ZSTD(1)),
    started_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    ended_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    page_views UInt32,
    events UInt32,
    entry_path String CODEC(ZSTD(1)),
    exit_path String CODEC(ZSTD(1)),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    country LowCardinality(String),
    bounced UInt8,
    converted UInt8,
    revenue Decimal(38, 4),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(started_at)
ORDER BY (person, started_at);

CREATE TABLE IF NOT EXISTS tidewatch.funnel_steps
(
    funnel LowCardinality(String),
    person String CODEC(ZSTD(1)),
    entered_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    step UInt8,
    step_name LowCardinality(String),
    reached_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(entered_at)
ORDER BY (funnel, person, entered_at, step);

-- The credits of one conversion and model add up to its value exactly.
CREATE TABLE IF NOT EXISTS tidewatch.attribution_credits
(
    conversion_id String CODEC(ZSTD(1)),
    model LowCardinality(String),
    touch_index UInt32,
    person String CODEC(ZSTD(1)),
    conversion_type LowCardinality(String),
    conversion_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    touch_time Nullable(DateTime64(3, 'UTC')),
    credit Decimal(18, 4),
    value Decimal(18, 4),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (conversion_id, model, touch_index);

-- Where an experiment's variant stood at the end of a day.
CREATE TABLE IF NOT EXISTS tidewatch.experiment_results
(
    experiment LowCardinality(String),
    variant LowCardinality(String),
    day Date,
    users UInt64,
    converters UInt64,
    rate Float64,
    value Float64,
    lift Nullable(Float64),
    p_value Nullable(Float64),
    p_always_valid Nullable(Float64),
    ci_low Nullable(Float64),
    ci_high Nullable(Float64),
    srm_p Nullable(Float64),
    verdict LowCardinality(String),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(day)
ORDER BY (experiment, variant, day);
