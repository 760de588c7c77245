#!/bin/sh
# Makes the users that are not there yet, gives them their roles, and sets their passwords anew.
set -eu

run() {
  clickhouse-client --host clickhouse --user tidewatch --password "$CLICKHOUSE_ADMIN_PASSWORD" "$@"
}

make_user() {
  run --param_password="$3" --query "CREATE USER IF NOT EXISTS $1 IDENTIFIED WITH sha256_password BY {password:String}"
  run --param_password="$3" --query "ALTER USER $1 IDENTIFIED WITH sha256_password BY {password:String}"
  run --query "GRANT $2 TO $1"
  run --query "ALTER USER $1 DEFAULT ROLE $2"
}

make_user tidewatch_job tidewatch_writer "$CLICKHOUSE_JOB_PASSWORD"
make_user grafana dashboards "$CLICKHOUSE_GRAFANA_PASSWORD"
