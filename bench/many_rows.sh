#!/usr/bin/env bash
# Measures the list of a register with very many records. Needs wrk and python3.
# usage: bench/many_rows.sh [ROWS]   (default 1000000)
set -eu
cd "$(dirname "$0")/.."
. bench/common.sh
rows=${1:-1000000}
part=100000
"$assay" init --data "$work/data" --admin-email admin@example.org --admin-password-file "$work/password" >/dev/null
start=$(now)
for ((first = 0; first < rows; first += part)); do
  risks "$first" $((rows - first < part ? rows - first : part)) "$work/part.csv"
  /usr/bin/time -o "$work/time" -f '%M' "$assay" import --data "$work/data" --register risk "$work/part.csv" >/dev/null
done
echo "import of $rows risks in parts of $part: $(since "$start"), at most $(($(tail -1 "$work/time") / 1024)) MB; the database: $(du -m "$work/data/workspaces/main.db" | cut -f1) MB"
"$assay" serve --data "$work/data" --listen 127.0.0.1:18099 >"$work/out" 2>"$work/err" &
server=$!
until curl -sf -o /dev/null http://127.0.0.1:18099/sign-in; do sleep 0.05; done
sign_in
rest
load "list of risks, first page, 16 clients:" /r/risk
load "list by score from anywhere, never kept:" "/r/risk?after=" "$rows"
load "risks of one treatment, first page:" "/r/risk?treatment=modify&sort=title"
echo "memory of the server: $(($(awk '/VmRSS/ {print $2}' "/proc/$server/status") / 1024)) MB"
