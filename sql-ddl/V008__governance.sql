-- Proof that a person was erased, without naming the person.
CREATE TABLE IF NOT EXISTS tidewatch.erasure_log
(
    request_id String,
    requested_at DateTime64(3, 'UTC'),
    requested_by String,
    subject_kind LowCardinality(String),
    subject_hash String,
    completed_at Nullable(DateTime64(3, 'UTC')),
    rows_erased Map(String, UInt64),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY request_id;

-- Who did what with the system: rules applied, exports made, records sent again.
CREATE TABLE IF NOT EXISTS tidewatch.audit_log
(
    entry_id String,
    time DateTime64(3, 'UTC'),
    actor String,
    action LowCardinality(String),
    object String,
    details String CODEC(ZSTD(3)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(time)
ORDER BY (time, entry_id);
