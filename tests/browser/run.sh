#!/usr/bin/env bash
# Starts the binary three times, with the example organisation and with two empty workspaces, and lets Chromium go through them.
# usage: run.sh PATH_TO_ASSAY [FOLDER_FOR_SCREENSHOTS]
set -u
assay=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; rm -rf "$work"' EXIT
chromium=$(command -v chromium || command -v chromium-browser) || { echo "chromium is missing: apt install chromium"; exit 1; }
echo 'correct horse battery staple' >"$work/password"

# usage: serve NAME [OPTION_OF_INIT…]   sets `url`
serve() {
  local name=$1
  shift
  "$assay" init --data "$work/$name" "$@" --admin-email admin@example.org --admin-password-file "$work/password" >/dev/null || exit 1
  : >"$work/$name.out"
  "$assay" serve --data "$work/$name" --listen 127.0.0.1:0 >"$work/$name.out" 2>"$work/$name.err" &
  servers+=($!)
  for _ in $(seq 100); do url=$(sed -n 's/.*serves \(http.*\)$/\1/p' "$work/$name.out"); [ -n "$url" ] && break; sleep 0.1; done
}
serve empty
empty=$url
serve story
story=$url
serve example --example
cd "$root" || exit 1
[ -z "${2:-}" ] || mkdir -p "$2"
URL=$url EMPTY_URL=$empty STORY_URL=$story CHROMIUM=$chromium SHOTS=${2:-} node tests/browser/journey.cjs
