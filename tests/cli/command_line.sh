#!/usr/bin/env bash
# The binary as scripts use it: init, check, import, export, tokens, API, verify after an alteration, kill -9, backup.
# usage: command_line.sh PATH_TO_ASSAY
set -u
assay=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
passed=0
failed=0
server=
trap '[ -n "$server" ] && kill -9 "$server" 2>/dev/null; rm -rf "$work"' EXIT

ok() {  # ok "what" command...: must succeed
  local what=$1; shift
  if "$@" >"$work/out" 2>"$work/err"; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "FAILED: $what"; head -5 "$work/out" "$work/err"; fi
}
exits() {  # exits CODE "what" command...
  local code=$1 what=$2; shift 2
  "$@" >"$work/out" 2>"$work/err"; local got=$?
  if [ "$got" = "$code" ]; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "FAILED: $what: exit $got, expected $code"; head -5 "$work/out" "$work/err"; fi
}
says() {  # says "text": the last command printed it
  if grep -qF -- "$1" "$work/out" "$work/err"; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "FAILED: expected the words: $1"; head -5 "$work/out" "$work/err"; fi
}
start_server() {
  "$assay" serve --data "$work/data" --listen 127.0.0.1:0 >"$work/serve.out" 2>"$work/serve.err" &
  server=$!
  for _ in $(seq 100); do url=$(sed -n 's/.*serves \(http.*\)$/\1/p' "$work/serve.out"); [ -n "$url" ] && return; sleep 0.1; done
  echo "FAILED: the server did not start"; cat "$work/serve.err"; exit 1
}

echo 'correct horse battery staple' >"$work/password"
ok "help" "$assay" --help
exits 2 "an unknown command" "$assay" chekc
says "did you mean check?"
exits 2 "no data folder" "$assay" check
ok "init with the example" "$assay" init --data "$work/data" --example --admin-email admin@example.org --admin-password-file "$work/password"
exits 1 "init twice" "$assay" init --data "$work/data" --example
says "already"
exits 1 "a weak password" bash -c "echo password123456 > $work/weak; $assay init --data $work/other --admin-email a@example.org --admin-password-file $work/weak"

exits 1 "check a workspace" "$assay" check --data "$work/data" --format json
says '"rules_evaluated": 220'
exits 1 "check a bundle" "$assay" check --bundle "$root/content/example/workspace.json" --format json
says '"as_of": "2026-06-30"'
exits 0 "the clean base has no findings" "$assay" check --bundle "$root/tests/rules/base.json"
says "0 major, 0 minor"
exits 2 "a bundle that is none" "$assay" check --bundle "$root/README.md"
exits 2 "a wrong date" "$assay" check --bundle "$root/tests/rules/base.json" --as-of 2026-02-30
exits 1 "check with times" "$assay" check --data "$work/data" --timings
says "slowest rules"
exits 2 "times in a format without a place for them" "$assay" check --data "$work/data" --timings --format csv
printf -- '-- id: ORG-1\n-- title: A risk is there\n-- ref: 8.2\n-- stages: internal\n-- class: ofi\n-- subject: risk\n-- why: A test.\n-- fix: None.\nselect '"'risk'"' as kind, r.id as subject,\n  r.titel as detail\nfrom risk r\n' >"$work/ORG-1.sql"
exits 1 "a rule with a mistake" "$assay" rules test "$work/ORG-1.sql" --data "$work/data"
says "ORG-1.sql:10: "
sed -i 's/r.titel/r.title/' "$work/ORG-1.sql"
exits 1 "a rule that finds something" "$assay" rules test "$work/ORG-1.sql" --data "$work/data"
says "risk R-001: "
ok "the rules are listed" "$assay" rules list --data "$work/data"
says "C6.1.2-c-01"
ok "a rule is shown" "$assay" rules show C6.1.2-c-01 --data "$work/data"
says "-- title: A risk has no owner"
exits 2 "a rule that is none" "$assay" rules show ORG-9 --data "$work/data"
exits 2 "rules without a file" "$assay" rules test --data "$work/data"
for format in text csv sarif junit; do exits 1 "check as $format" "$assay" check --data "$work/data" --format $format; done

exits 1 "a rehearsal of Stage 1" "$assay" rehearse --data "$work/data" --stage stage1
says "Not ready for Stage 2"
says "Rehearsal 1: Stage 1"
exits 1 "a rehearsal as JSON" "$assay" rehearse --data "$work/data" --stage stage1 --format json
says '"comparison":{"with":1'
says '"intact":true'
exits 1 "one that was held before" "$assay" rehearse --data "$work/data" --number 1
says "Rehearsal 1: Stage 1"
exits 2 "a rehearsal of no stage" "$assay" rehearse --data "$work/data"
says "--stage is needed"
exits 2 "a rehearsal for a day in the past" "$assay" rehearse --data "$work/data" --stage stage2 --as-of 2020-01-01
says "must be today or a later day"
exits 2 "a rehearsal that was never held" "$assay" rehearse --data "$work/data" --number 99
if /usr/bin/python3 -c 'import weasyprint' 2>/dev/null; then
  exits 1 "a report as PDF" "$assay" rehearse --data "$work/data" --number 1 --pdf "$work/report.pdf"
  ok "it is a PDF" grep -q '^%PDF-' "$work/report.pdf"
fi

ok "verify" "$assay" verify --data "$work/data"
says "Clean"
ok "export a bundle" "$assay" export --data "$work/data" --format bundle -o "$work/bundle.json"
ok "an empty workspace" "$assay" init --data "$work/second" --name "Second (example)"
ok "import the bundle" "$assay" import --data "$work/second" "$work/bundle.json"
ok "export csv" "$assay" export --data "$work/data" --format csv --register risk -o "$work/risks.csv"
ok "re-import changes nothing" "$assay" import --data "$work/data" "$work/risks.csv" --register risk
says "unchanged"
ok "export xlsx" "$assay" export --data "$work/data" --format xlsx --register risk -o "$work/risks.xlsx"
ok "dry run of xlsx" "$assay" import --data "$work/data" "$work/risks.xlsx" --register risk --dry-run
ok "the statement as OSCAL" "$assay" soa --data "$work/data" --format oscal --out -
says '"control-id":"A.5.1"'
ok "the statement as a workbook" "$assay" soa --data "$work/data" --format xlsx --out "$work/soa.xlsx"
ok "the statement as a PDF" bash -c "$assay soa --data $work/data --format pdf --out $work/soa.pdf && head -c 5 $work/soa.pdf | grep -q %PDF-"
exits 2 "an unknown form of the statement" "$assay" soa --data "$work/data" --format docx --out "$work/soa.docx"
says "must be xlsx, pdf, oscal or json"
exits 1 "a dangling reference" bash -c "printf '{\"format\":\"assay-workspace/1\",\"records\":{\"risk\":[{\"id\":\"R-X\",\"title\":\"t\",\"owner\":\"NOBODY\",\"status\":\"draft\"}]}}' > $work/bad.json; $assay import --data $work/second $work/bad.json"
says "NOBODY"

ok "a token" "$assay" user token --data "$work/data" --email admin@example.org --scope write
token=$(cat "$work/out")
start_server
ok "health" curl -sf "$url/healthz"
ok "readiness" curl -sf "$url/readyz"
ok "metrics" curl -sf "$url/metrics"
says "assay_requests_total"
ok "the API lists" curl -sf -H "Authorization: Bearer $token" "$url/api/v1/risk?limit=5"
says '"next"'
exits 22 "the API wants a token" curl -sf "$url/api/v1/risk"
ok "the API lists rehearsals" curl -sf -H "Authorization: Bearer $token" "$url/api/v1/rehearsals?stage=stage1"
says '"outcome":"not_ready"'
ok "the API holds a rehearsal" curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"stage":"gap"}' "$url/api/v1/rehearsals"
says '"number":3'
ok "its PDF is made beside the request" curl -sf -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "$url/api/v1/rehearsals/3/pdf"
says 202
ok "OpenAPI" curl -sf "$url/api/v1/openapi.json"
says '"openapi":"3.1.0"'
ok "create" curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"title":"Created by a script"}' "$url/api/v1/risk"
says '"revision":1'
id=$(sed -n 's/.*"id":"\([^"]*\)".*/\1/p' "$work/out")
ok "change with If-Match" curl -sf -X PATCH -H "Authorization: Bearer $token" -H 'If-Match: "1"' -H 'Content-Type: application/json' -d '{"threat":"theft"}' "$url/api/v1/risk/$id"
exits 22 "a lost update" curl -sf -X PATCH -H "Authorization: Bearer $token" -H 'If-Match: "1"' -H 'Content-Type: application/json' -d '{"threat":"fire"}' "$url/api/v1/risk/$id"
ok "the refusal tells both values" bash -c "curl -s -X PATCH -H 'Authorization: Bearer $token' -H 'If-Match: \"1\"' -H 'Content-Type: application/json' -d '{\"threat\":\"fire\"}' $url/api/v1/risk/$id | grep -q 'theft'"

# kill -9 under a write load: what was acknowledged is there, and the ledger is clean.
(for i in $(seq 300); do
  curl -sf -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "{\"id\":\"R-K$i\",\"title\":\"Load $i\"}" "$url/api/v1/risk" && echo "R-K$i" >>"$work/acknowledged"
done) 2>/dev/null &
load=$!
sleep 1
kill -9 "$server"; wait "$server" 2>/dev/null
kill "$load" 2>/dev/null; wait "$load" 2>/dev/null
server=
ok "verify after kill -9" "$assay" verify --data "$work/data"
ok "export after kill -9" "$assay" export --data "$work/data" --format csv --register risk -o "$work/after.csv"
lost=0
while read -r acknowledged; do grep -q "$acknowledged" "$work/after.csv" || lost=$((lost + 1)); done <"$work/acknowledged"
if [ "$lost" = 0 ] && [ -s "$work/acknowledged" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $lost acknowledged writes lost"; fi

ok "backup" "$assay" backup --data "$work/data" -o "$work/backup.zip"
ok "restore" "$assay" restore "$work/backup.zip" --data "$work/restored"
ok "the restored data are clean" "$assay" verify --data "$work/restored"
exits 1 "rehearsals come back with them" "$assay" rehearse --data "$work/restored" --number 2 --format json
says '"intact":true'

sqlite3 "$work/data/workspaces/main.db" "update risk set residual_score = 1 where id = 'R-001'"
exits 1 "verify names the altered record" "$assay" verify --data "$work/data"
says "risk R-001"
ok "a kept rehearsal cannot be altered" bash -c "! sqlite3 $work/data/workspaces/main.db 'update assay_rehearsal set majors = 0'"
sqlite3 "$work/data/workspaces/main.db" "drop trigger assay_rehearsal_kept; update assay_rehearsal set majors = 0 where number = 1"
exits 1 "verify names the altered rehearsal" "$assay" verify --data "$work/data"
says "rehearsal 1"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
