#!/usr/bin/env bash
# Measures the rules of the release binary on a large organisation, for the table "Rules" of docs/performance.md.
# usage: bench/rules.sh [SCALE]   (default 1: 270,000 records; see large_workspace.py)
# With ASSAY_BENCH_POSTGRES=postgresql://… (an empty database) it measures PostgreSQL as well.
set -eu
cd "$(dirname "$0")/.."
. bench/common.sh
scale=${1:-1}
uptime
# Processor time stands beside the wall clock, since it says the same on a busy machine.
timed() { local what=$1; shift; /usr/bin/time -o "$work/time" -f "$what: %e s, %U s user, %S s system, %M KB" "$@" >"$work/out" 2>"$work/err" || [ $? = 1 ] || { cat "$work/err"; exit 1; }; grep -v '^Command' "$work/time"; }
slowest() { sed -n '/slowest rules/,$p' "$work/out" | head -9; }

timed "example, check --bundle" "$assay" check --bundle content/example/workspace.json --timings; slowest
python3 bench/large_workspace.py "$work/small.json" 0.01
timed "small, check --bundle" "$assay" check --bundle "$work/small.json" --timings; slowest
# As it stands today, since the server keeps the verdict of today at hand.
day=$(date +%F)
python3 bench/large_workspace.py "$work/large.json" "$scale" "$day"

engine() {  # engine NAME WHERE [OPTIONS…]
  local name=$1 where=$2; shift 2
  "$assay" init --data "$where" "$@" --example --admin-email admin@example.org --admin-password-file "$work/password" >/dev/null
  timed "$name, import" "$assay" import --data "$where" "$@" "$work/large.json"
  timed "$name, all rules" "$assay" check --data "$where" "$@" --as-of "$day" --timings; slowest
  after_writes "$name" "$where" "$@"
}

# A write through the API, and the verdict asked for at once: the time until the answer is there.
after_writes() {
  local name=$1 where=$2; shift 2
  local token
  token=$("$assay" user token --data "$where" "$@" --email admin@example.org --scope write)
  "$assay" serve --data "$where" "$@" --listen 127.0.0.1:18098 >"$work/serve.out" 2>"$work/serve.err" &
  server=$!
  until curl -sf -o /dev/null http://127.0.0.1:18098/sign-in; do sleep 0.05; done
  python3 - "$token" "$name" <<'P'
import http.client, json, statistics, sys, time
token, name = sys.argv[1:]
connection = http.client.HTTPConnection('127.0.0.1', 18098, timeout=120)
def ask(method, path, body=None, **more):
    connection.request(method, '/api/v1' + path, body and json.dumps(body), {'Authorization': 'Bearer ' + token, 'Content-Type': 'application/json', **more})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 400: raise SystemExit(f'{method} {path}: {answer.status} {text[:300]}')
    return answer, text
ask('GET', '/findings')
writes = {'a vulnerability finding detected on another day': ('vulnerability_finding', 'VUL-L{:06}', {'detected_on': '2025-01-01'}),
          'an account without a second factor': ('account', 'ACC-L{:06}', {'mfa_enabled': False}),
          'evidence of another kind': ('evidence', 'EVI-L{:06}', {'kind': 'log'}),
          'a risk less likely': ('risk', 'R-{:03}', {'residual_likelihood': 2})}
for what, (register, pattern, change) in writes.items():
    times = []
    for i in range(1, 21):
        path = f'/{register}/' + pattern.format(i)
        tag = ask('GET', path)[0].getheader('ETag')
        began = time.perf_counter()
        ask('PATCH', path, change, **({'If-Match': tag} if tag else {}))
        ask('GET', '/findings')
        times.append((time.perf_counter() - began) * 1000)
    print(f'{name}, {what}, to the right verdict: p50 {statistics.median(times):.0f} ms, p95 {sorted(times)[18]:.0f} ms')
P
  echo "$name, memory of the server: $(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024)) MB"
  kill "$server"; wait "$server" 2>/dev/null || true; server=
}

engine SQLite "$work/data"
[ -z "${ASSAY_BENCH_POSTGRES:-}" ] || engine PostgreSQL "$ASSAY_BENCH_POSTGRES" --state-folder "$work/state"
