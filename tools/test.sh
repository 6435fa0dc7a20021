#!/usr/bin/env bash
# Builds everything in build/test and runs all tests: units on SQLite and a PostgreSQL of their own, the command line, the browser.
set -eu
cd "$(dirname "$0")/.."
echo "Configuring …"
mkdir -p build
cmake --preset release -B build/release -DASSAY_TESTS=ON >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
echo "Building …"
cmake --build build/release
postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
folder=
stop() { [ -n "$folder" ] && as_owner "$postgres/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; [ -n "$folder" ] && rm -rf "$folder"; return 0; }
as_owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
if [ -n "$postgres" ]; then
  folder=$(mktemp -d)
  trap stop EXIT
  chmod 755 "$folder"
  [ "$(id -u)" = 0 ] && chown postgres "$folder"
  as_owner "$postgres/initdb" -D "$folder/data" -A trust -U assay >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
  port=$((20000 + RANDOM % 20000))
  as_owner "$postgres/pg_ctl" -D "$folder/data" -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" -w -l "$folder/log" start >/dev/null || { cat "$folder/log"; exit 1; }
  export ASSAY_TEST_POSTGRES="postgresql://assay@127.0.0.1:$port/postgres"
  rm -f "$folder.log"
fi
ctest --test-dir build/release --output-on-failure --parallel 2
# What reads bytes from outside, once more with AddressSanitizer and UBSan; `make asan` does it with everything.
echo "Building the parsers with sanitizers …"
cmake --preset asan >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
cmake --build build/asan --target base_test ledger_test exchange_test http_test
ctest --test-dir build/asan --output-on-failure -R '^(base|ledger|exchange|http)$'
