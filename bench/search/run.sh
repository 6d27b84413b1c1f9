#!/usr/bin/env bash
# Starts a private PostgreSQL on a unix socket, runs the bench beside it, and removes it again.
#   bench/search/run.sh [build/bench/heliograph_search_bench options]
# Needs the Debian packages postgresql and libpq-dev. PostgreSQL refuses to run as root: as root it runs as postgres.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
data=$(mktemp -d "${BENCH_TMP:-/tmp}/heliograph-postgres-XXXXXX")
as=()
if [[ $EUID -eq 0 ]]; then
  chown postgres "$data"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
pg() { (cd /; "${as[@]}" "$bin/$@"); }
trap 'pg pg_ctl -D "$data/db" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$data"' EXIT
pg initdb -D "$data/db" -A trust -U bench --locale=C.UTF-8 -E UTF8 >/dev/null
cat >>"$data/db/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$data'
shared_buffers = 2GB
work_mem = 256MB
maintenance_work_mem = 512MB
effective_cache_size = 8GB
max_wal_size = 8GB
max_parallel_workers_per_gather = 0   # two clients on two cores already
plan_cache_mode = force_custom_plan  # a plan for the words asked for, not for any
jit = off
CONF
pg pg_ctl -D "$data/db" -w -l "$data/log" start >/dev/null
build/bench/heliograph_search_bench --postgres "host=$data user=bench dbname=postgres" "$@"
