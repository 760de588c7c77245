-- Records that ingest rejected.
CREATE TABLE IF NOT EXISTS tidewatch.dead_letters
(
    source LowCardinality(String),
    topic LowCardinality(String),
    partition Int32,
    offset Int64 CODEC(Delta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    reason_code LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    payload String CODEC(ZSTD(3)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (source, topic, partition, offset);

-- Accepted events that came too late for some of their windows. Each element of `windows` is a
-- window's name and start: '1h 2011-05-01T10:00:00.000Z'.
CREATE TABLE IF NOT EXISTS tidewatch.late_events
(
    type LowCardinality(String),
    time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    source LowCardinality(String),
    event_id String CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    watermark DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    windows Array(String) CODEC(ZSTD(1)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(time)
ORDER BY (source, event_id, time, type);

-- What is doubtful about events that were kept all the same.
CREATE TABLE IF NOT EXISTS tidewatch.data_quality
(
    check LowCardinality(String),
    source LowCardinality(String),
    event_id String CODEC(ZSTD(1)),
    time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    type LowCardinality(String),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    field LowCardinality(String),
    message String CODEC(ZSTD(1)),
    version UInt64,
    is_deleted UInt8 DEFAULT 0,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(time)
ORDER BY (check, source, event_id, time);
