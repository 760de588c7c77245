-- One row per alert; `evidence` and `contributors` are JSON.
CREATE TABLE IF NOT EXISTS tidewatch.alerts
(
    alert_id String,
    rule LowCardinality(String),
    pattern LowCardinality(String),
    severity LowCardinality(String),
    status LowCardinality(String),
    series String,
    customer_id String,
    started_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    ended_at Nullable(DateTime64(3, 'UTC')),
    value Nullable(Float64),
    baseline Nullable(Float64),
    threshold Nullable(Float64),
    summary String,
    evidence String CODEC(ZSTD(3)),
    contributors String CODEC(ZSTD(3)),
    receivers Array(String),
    actions Array(String),
    acknowledged_by String,
    acknowledged_at Nullable(DateTime64(3, 'UTC')),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY alert_id;
