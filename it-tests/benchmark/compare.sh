#!/usr/bin/env bash
# CPU of the proxy process per query, beside pgbouncer and HAProxy, in one interleaved run.
#
#   it-tests/benchmark/compare.sh [ROUNDS] [SECONDS]
#
# Needs pgbench, psql, pgbouncer and haproxy on the PATH and a PostgreSQL that PGHOST, PGPORT, PGUSER and PGPASSWORD
# name; makes a database "pgclonedb_bench" there. What else the machine does falls on all three alike, hence the
# interleaving: compare only figures of one run, by their medians.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-5}
seconds=${2:-4}
export PGHOST=${PGHOST:-127.0.0.1} PGPORT=${PGPORT:-5432} PGUSER=${PGUSER:-postgres} PGPASSWORD=${PGPASSWORD:?}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
pids=()
names=(pgclonedb pgbouncer haproxy)
ports=(16432 16433 16434)

psql -qAtc "SELECT 1 FROM pg_database WHERE datname = 'pgclonedb_bench'" postgres | grep -q 1 \
  || { createdb pgclonedb_bench; pgbench -qi -s 5 pgclonedb_bench; }

PGCLONEDB_LISTEN=127.0.0.1:${ports[0]} PGCLONEDB_HTTP_LISTEN=127.0.0.1:16435 \
PGCLONEDB_BACKEND="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres" \
  ./pgclonedb serve >"$work/pgclonedb.log" 2>&1 &
pids[0]=$!

printf '"%s" "%s"\n' "$PGUSER" "$PGPASSWORD" >"$work/users.txt"
cat >"$work/pgbouncer.ini" <<INI
[databases]
* = host=$PGHOST port=$PGPORT
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ports[1]}
auth_type = scram-sha-256
auth_file = $work/users.txt
pool_mode = session
max_client_conn = 200
default_pool_size = 100
unix_socket_dir =
INI
chmod -R a+rX "$work"
pgbouncer_user=$([ "$(id -u)" = 0 ] && echo "-u nobody" || true)
# shellcheck disable=SC2086
pgbouncer $pgbouncer_user "$work/pgbouncer.ini" >"$work/pgbouncer.log" 2>&1 &
pids[1]=$!

cat >"$work/haproxy.cfg" <<CFG
global
  nbthread 1
defaults
  mode tcp
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen postgres
  bind 127.0.0.1:${ports[2]}
  server postgres $PGHOST:$PGPORT
CFG
haproxy -f "$work/haproxy.cfg" -db >"$work/haproxy.log" 2>&1 &
pids[2]=$!

for port in "${ports[@]}"; do
  for _ in $(seq 60); do
    psql -p "$port" -qAtc 'SELECT 1' pgclonedb_bench >/dev/null 2>&1 && break
    sleep 1
  done
done

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
per_second=$(getconf CLK_TCK)

# name, then the arguments of pgbench
workloads=(
  "select-1-client|-S -c 1"
  "select-8-clients|-S -c 8"
  "select-32-clients|-S -c 32"
  "prepared-8-clients|-S -M prepared -c 8"
  "extended-8-clients|-S -M extended -c 8"
  "tpcb-8-clients|-c 8"
)

measure() { # index of the proxy, arguments of pgbench -> microseconds of CPU per transaction
  local before after done
  before=$(ticks "${pids[$1]}")
  # shellcheck disable=SC2086
  done=$(pgbench -n -T "$seconds" -p "${ports[$1]}" $2 pgclonedb_bench 2>/dev/null \
    | sed -n 's/^number of transactions actually processed: \([0-9]*\).*/\1/p')
  after=$(ticks "${pids[$1]}")
  awk -v t=$((after - before)) -v hz="$per_second" -v n="$done" 'BEGIN {printf "%.1f\n", t * 1e6 / hz / n}'
}

copy_out() { # index of the proxy -> milliseconds of CPU for 200 MB
  local before
  before=$(ticks "${pids[$1]}")
  psql -p "${ports[$1]}" -qAtc "COPY (SELECT repeat('x', 99) FROM generate_series(1, 2000000)) TO STDOUT" \
    pgclonedb_bench >/dev/null
  awk -v t=$(($(ticks "${pids[$1]}") - before)) -v hz="$per_second" 'BEGIN {printf "%.0f\n", t * 1e3 / hz}'
}

# A JVM compiles its hot path first.
for _ in 1 2 3; do measure 0 "-S -c 8" >/dev/null; measure 0 "-S -M prepared -c 8" >/dev/null; done

for round in $(seq "$rounds"); do
  for workload in "${workloads[@]}"; do
    for i in 0 1 2; do
      echo "${workload%%|*} ${names[$i]} $(measure "$i" "${workload#*|}")" >>"$work/results"
    done
  done
  for i in 0 1 2; do
    echo "copy-out-200MB-ms ${names[$i]} $(copy_out "$i")" >>"$work/results"
  done
done

printf '%-22s %10s %10s %10s   (median of %s rounds; us of CPU per transaction, ms for the copy)\n' \
  workload "${names[@]}" "$rounds"
awk '{print $1}' "$work/results" | awk '!seen[$0]++' | while read -r workload; do
  printf '%-22s' "$workload"
  for name in "${names[@]}"; do
    awk -v w="$workload" -v n="$name" '$1 == w && $2 == n {print $3}' "$work/results" | sort -n \
      | awk '{v[NR] = $1} END {printf " %10s", v[int((NR + 1) / 2)]}'
  done
  echo
done
