#!/bin/bash
# Creates the topics that are missing: those of tidewatch.yaml, and those that the job writes.
set -eu

topic() {
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:19092 --create --if-not-exists \
    --topic "$1" --partitions "$2" --replication-factor 1 --config max.message.bytes=8388608 "${@:3}"
}

for name in api-events customer-events billing-events payment-events web-events marketing-events \
    crm-events support-events system-events replay-events fx-rates \
    events metric-windows customer-transitions dead-letters alerts; do
  topic "$name" 4
done
for name in models alert-rules; do
  topic "$name" 1 --config cleanup.policy=compact
done
