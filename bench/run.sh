#!/usr/bin/env bash
# Measures the release binary and prints the table of docs/performance.md. Needs wrk and python3 (apt install wrk python3).
# usage: bench/run.sh [ROWS]   (default 10000)
set -eu
cd "$(dirname "$0")/.."
. bench/common.sh
rows=${1:-10000}
"$assay" init --data "$work/data" --example --admin-email admin@example.org --admin-password-file "$work/password" >/dev/null

start=$(now)
"$assay" serve --data "$work/data" --listen 127.0.0.1:18099 >"$work/out" 2>"$work/err" &
server=$!
until curl -sf -o /dev/null http://127.0.0.1:18099/sign-in; do sleep 0.005; done
echo "start to first page: $(since "$start")"
echo "resident memory, idle: $(($(ps -o rss= -p "$server") / 1024)) MB"

risks 0 "$rows" "$work/big.csv"
start=$(now)
/usr/bin/time -f 'import memory: %M KB' "$assay" import --data "$work/data" --register risk "$work/big.csv" 2>"$work/time" >/dev/null
echo "import of $rows rows (CSV): $(since "$start"), $(tail -1 "$work/time")"
rest
start=$(now); "$assay" export --data "$work/data" --format csv --register risk -o "$work/out.csv" >/dev/null; echo "export CSV: $(since "$start")"
start=$(now); "$assay" export --data "$work/data" --format xlsx --register risk -o "$work/out.xlsx" >/dev/null; echo "export XLSX: $(since "$start")"
start=$(now); "$assay" import --data "$work/data" --register risk "$work/out.xlsx" --dry-run >/dev/null; echo "dry run of the XLSX: $(since "$start")"
start=$(now); "$assay" check --bundle content/example/workspace.json --format json >/dev/null || true; echo "check --bundle (example, 220 rules): $(since "$start")"

sign_in
load "list of risks, first page, 16 clients:" /r/risk
load "list by score from anywhere, never kept:" "/r/risk?after=" "$rows"
load "risk register, its picture:" /risks
load "the same, never kept:" "/risks?after=" "$rows"
load "record page:" /r/risk/R-001
load "SoA list of 93 rows:" "/r/soa_entry?limit=100&soa=SOA-2"
load "home:" /
token=$("$assay" user token --data "$work/data" --email admin@example.org --scope write)
python3 - "$token" <<'P'
import http.client, json, statistics, sys, time
c = http.client.HTTPConnection('127.0.0.1', 18099)
times = []
for i in range(200):
    t = time.perf_counter()
    c.request('POST', '/api/v1/risk', json.dumps({'title': f'Bench {i}'}), {'Authorization': 'Bearer ' + sys.argv[1], 'Content-Type': 'application/json'})
    c.getresponse().read()
    times.append((time.perf_counter() - t) * 1000)
print(f'create by API, durable: p50 {statistics.median(times):.1f} ms, p99 {sorted(times)[197]:.1f} ms')
P
python3 - "$work" <<'P'
import os, statistics, sys, time
f = os.open(sys.argv[1] + '/fsync', os.O_CREAT | os.O_WRONLY)
times = []
for _ in range(100):
    t = time.perf_counter(); os.write(f, b'x' * 4096); os.fsync(f); times.append((time.perf_counter() - t) * 1000)
print(f"the disk's own fsync of 4 KB: p50 {statistics.median(times):.2f} ms")
P
