#!/usr/bin/env bash
# What a full disk, a read-only folder, a second server and a killed one do: a clear message each time, nothing half
# applied, and a ledger that verifies. Mounts small disks in a namespace of its own, which needs root or user namespaces.
# usage: faults.sh PATH_TO_ASSAY
set -u
if [ "${1:-}" != --inside ]; then
  for way in "unshare -m" "unshare -rm"; do
    $way true 2>/dev/null && exec $way "$0" --inside "$@"
  done
  echo "Skipped: no mount namespace can be made here."
  exit 77
fi
assay=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
disk=$work/disk
passed=0
failed=0
server=
finish() { [ -n "$server" ] && kill -9 "$server" 2>/dev/null; umount "$disk" 2>/dev/null; rm -rf "$work"; }
trap finish EXIT

result() {  # result "what" true|false
  if [ "$2" = true ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; head -5 "$work/out" "$work/err" 2>/dev/null; fi
}
exits() {  # exits CODE "what" command...
  local code=$1 what=$2; shift 2
  "$@" >"$work/out" 2>"$work/err"; local got=$?
  result "$what: exit $got, expected $code" "$([ "$got" = "$code" ] && echo true || echo false)"
}
refused() {  # refused "what" command...: fails with a message and without a crash
  local what=$1; shift
  "$@" >"$work/out" 2>"$work/err"; local got=$?
  result "$what: exit $got" "$([ "$got" = 1 ] || [ "$got" = 2 ] && echo true || echo false)"
}
says() {  # one of the texts, in what the last command printed
  local found=false text
  for text in "$@"; do grep -qiF -- "$text" "$work/out" "$work/err" && found=true; done
  result "expected the words: $*" $found
}
clean() { exits 0 "verify after: $1" "$assay" verify --data "$disk/data"; says "Clean"; }
records() { "$assay" export --data "$disk/data" --format bundle -o - 2>/dev/null | sha256sum; }
fill() {  # leaves so many kilobytes
  local free; free=$(df -k --output=avail "$disk" | tail -1)
  [ "$free" -gt "$1" ] && head -c $(((free - $1) * 1024)) /dev/zero >"$disk/filler"
}
start_server() {
  : >"$work/serve.out"
  "$assay" serve --data "$disk/data" --listen 127.0.0.1:0 >"$work/serve.out" 2>"$work/serve.err" &
  server=$!
  url=
  for _ in $(seq 150); do url=$(sed -n 's/.*serves \(http.*\)$/\1/p' "$work/serve.out"); [ -n "$url" ] && return; sleep 0.1; done
  echo "FAILED: the server did not start"; cat "$work/serve.err"; exit 1
}
stop_server() { kill "$1" "$server"; wait "$server" 2>/dev/null; server=; }

mkdir "$disk"
mount -t tmpfs -o size=40m assay "$disk" || { echo "Skipped: no small disk can be mounted."; exit 77; }
mkdir "$disk/data"
echo 'correct horse battery staple' >"$work/password"
exits 0 "init" "$assay" init --data "$disk/data" --name "Example" --admin-email admin@example.org --admin-password-file "$work/password"
exits 0 "a token" "$assay" user token --data "$disk/data" --email admin@example.org --scope write
token=$(cat "$work/out")

# ---- A full disk -----------------------------------------------------------------------------------------------------
before=$(records)
fill 300
refused "an import onto a full disk" "$assay" import --data "$disk/data" "$root/content/example/workspace.json"
says "full" "space"
result "nothing of the import was stored" "$([ "$(records)" = "$before" ] && echo true || echo false)"
clean "an import onto a full disk"

refused "a backup onto a full disk" "$assay" backup --data "$disk/data" -o "$disk/backup.zip"
says "full" "space"
refused "an export onto a full disk" "$assay" export --data "$disk/data" --format xlsx -o "$disk/all.xlsx"
says "full" "space"
refused "a bundle onto a full disk" "$assay" export --data "$disk/data" --format bundle -o "$disk/bundle.zip"
says "full" "space"
result "no part of a file is left" "$([ -z "$(find "$disk" -maxdepth 1 \( -name '*.zip*' -o -name '*.xlsx*' -o -name '.assay*' \))" ] && echo true || echo false)"
result "no temporary file is left" "$([ -z "$(find "$disk/data/temp" -type f -size +0)" ] && echo true || echo false)"

start_server
jar=$work/cookies
head -c 8000000 /dev/urandom >"$work/evidence.bin"
curl -s -o /dev/null -c "$jar" -d 'email=admin@example.org' --data-urlencode 'password=correct horse battery staple' "$url/sign-in"
csrf=$(curl -s -b "$jar" "$url/evidence/new" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -1)
if [ -n "$csrf" ]; then
  code=$(curl -s -o "$work/out" -w '%{http_code}' -b "$jar" -H 'Expect:' -F "csrf=$csrf" -F "files=@$work/evidence.bin" "$url/evidence/new")
  result "an upload onto a full disk is refused: $code" "$([ "$code" -ge 400 ] && echo true || echo false)"
  says "full" "space"
else
  result "signing in on a nearly full disk" false
fi
stored=0
for i in $(seq 400); do
  code=$(curl -s -o "$work/out" -w '%{http_code}' -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d "{\"id\":\"R-F$i\",\"title\":\"$(head -c 200 /dev/zero | tr '\0' x)\",\"scenario\":\"$(head -c 15000 /dev/zero | tr '\0' y)\"}" "$url/api/v1/risk")
  [ "$code" = 201 ] && stored=$i || break
done
result "writing until the disk is full ends in an error: $code" "$([ "$code" -ge 400 ] && echo true || echo false)"
says "full" "space" "disk" "failed inside"
exits 0 "what is there can still be read" curl -sf -H "Authorization: Bearer $token" "$url/api/v1/risk?limit=1"
says "\"total\":$stored"
rm "$disk/filler"
exits 0 "with room again it goes on" curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"title":"After"}' "$url/api/v1/risk"
stop_server -TERM
clean "a server on a full disk"
exits 0 "the import works with room" "$assay" import --data "$disk/data" "$root/content/example/workspace.json"
clean "the import"

# ---- Two at a time ---------------------------------------------------------------------------------------------------
start_server
exits 2 "a second server on the folder" "$assay" serve --data "$disk/data" --listen 127.0.0.1:0
says "served already, by process $server"
exits 0 "a backup beside the server" "$assay" backup --data "$disk/data" -o "$work/backup.zip"
exits 1 "a restore under a running server" "$assay" restore --data "$disk/data" --force "$work/backup.zip"
says "process $server"
(for i in $(seq 60); do
  curl -s -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "{\"id\":\"R-B$i\",\"title\":\"Beside $i\"}" "$url/api/v1/risk"
done) &
load=$!
printf 'id,title\nR-C1,From the command line\n' >"$work/risk.csv"
exits 0 "an import beside a server that writes" "$assay" import --data "$disk/data" --register risk "$work/risk.csv"
wait "$load"
exits 0 "the server sees what was imported" curl -sf -H "Authorization: Bearer $token" "$url/api/v1/risk/R-C1"
exits 0 "and what it wrote itself" curl -sf -H "Authorization: Bearer $token" "$url/api/v1/risk/R-B60"
stop_server -KILL
clean "an import beside a server that was killed"
start_server
stop_server -TERM
result "a killed server leaves no lock" true

# ---- A read-only folder ----------------------------------------------------------------------------------------------
mount -o remount,ro "$disk" || { echo "FAILED: remount"; exit 1; }
refused "serving a read-only folder" "$assay" serve --data "$disk/data" --listen 127.0.0.1:0
says "read-only"
refused "importing into a read-only folder" "$assay" import --data "$disk/data" "$work/risk.csv" --register risk
says "read-only" "readonly" "cannot be written"
mount -o remount,rw "$disk"
clean "the disk was read-only"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
