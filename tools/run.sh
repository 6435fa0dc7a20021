#!/usr/bin/env bash
# Creates the example organisation on the first start and serves it.
# usage: run.sh DATA LISTEN
set -eu
cd "$(dirname "$0")/.."
data=$1
listen=$2
assay=build/release/assay
if [ ! -d "$data/workspaces" ]; then
  mkdir -p "$data"
  # A password of this installation's own, kept beside the data for whoever can read them anyway.
  (umask 077; od -An -N12 -tx1 /dev/urandom | tr -d ' \n' | sed 's/\(....\)/\1-/g; s/-$//' >"$data/first-password"; echo >>"$data/first-password")
  "$assay" init --data "$data" --example --admin-email admin@example.org --admin-password-file "$data/first-password"
fi
echo
echo "  Address:  http://$listen"
echo "  Sign in:  admin@example.org"
if [ -f "$data/first-password" ]; then echo "  Password: $(cat "$data/first-password")   (from $data/first-password; change it under your account)"; fi
echo "  Stop:     Ctrl-C"
echo
exec "$assay" serve --data "$data" --listen "$listen"
