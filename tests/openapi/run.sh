#!/usr/bin/env bash
# Serves the example organisation, defines custom fields, and holds the OpenAPI document against the published schemas and
# against what the server really answers.
# usage: run.sh PATH_TO_ASSAY
set -u
assay=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
echo 'correct horse battery staple' >"$work/password"
"$assay" init --data "$work/data" --example --admin-email admin@example.org --admin-password-file "$work/password" >/dev/null || exit 1
token=$("$assay" user token --data "$work/data" --email admin@example.org --scope write) || exit 1
"$assay" serve --data "$work/data" --listen 127.0.0.1:0 >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 100); do url=$(sed -n 's/.*serves \(http.*\)$/\1/p' "$work/out"); [ -n "$url" ] && break; sleep 0.1; done
[ -n "$url" ] || { echo "FAILED: the server did not start"; cat "$work/err"; exit 1; }

# Custom fields are defined where people do it, in a session.
page() { curl -s -b "$work/cookies" -c "$work/cookies" "$@"; }
page -o /dev/null --data-urlencode 'email=admin@example.org' --data-urlencode "password=$(cat "$work/password")" "$url/sign-in"
csrf=$(page "$url/fields/new" | sed -n 's/.*name="csrf" content="\([^"]*\)".*/\1/p' | head -1)
define() {
  local code; code=$(page -o /dev/null -w '%{http_code}' --data-urlencode "csrf=$csrf" "$@" "$url/fields")
  [ "$code" = 303 ] || { echo "FAILED: a custom field was not defined: $code $*"; exit 1; }
}
define -d register=risk -d label=Cost+centre -d kind=text -d in_list=1
define -d register=risk -d label=Budget -d kind=number
define -d register=risk -d label=Tier -d kind=choice --data-urlencode $'choices=Gold\nSilver'
define -d register=risk -d label=Reviewed+by -d kind=reference -d target=person
cd "$root" || exit 1
URL=$url TOKEN=$token node tests/openapi/validate.mjs
