#!/usr/bin/env bash
# Starts the binary with the example organisation and lets Chromium go through it.
# usage: run.sh PATH_TO_ASSAY [FOLDER_FOR_SCREENSHOTS]
set -u
assay=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
server=
chromium=$(command -v chromium || command -v chromium-browser) || { echo "chromium is missing: apt install chromium"; exit 1; }
echo 'correct horse battery staple' >"$work/password"
"$assay" init --data "$work/data" --example --admin-email admin@example.org --admin-password-file "$work/password" >/dev/null || exit 1
"$assay" serve --data "$work/data" --listen 127.0.0.1:0 >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 100); do url=$(sed -n 's/.*serves \(http.*\)$/\1/p' "$work/out"); [ -n "$url" ] && break; sleep 0.1; done
cd "$root" || exit 1
URL=$url CHROMIUM=$chromium SHOTS=${2:-} node tests/browser/journey.cjs
