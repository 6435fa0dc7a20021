#!/usr/bin/env bash
# Installs the Debian packages of a list that are missing, and the npm packages of package-lock.json.
# usage: install.sh LIST
set -eu
cd "$(dirname "$0")/.."
list=$1
missing=()
while read -r package; do
  case "$package" in ''|'#'*) continue ;; esac
  # Node may come from elsewhere; what counts is that it is there.
  if [ "$package" = nodejs ] && command -v node >/dev/null; then continue; fi
  if [ "$package" = npm ] && command -v npm >/dev/null; then continue; fi
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done <"$list"
if [ ${#missing[@]} -gt 0 ]; then
  sudo=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "These packages are missing and there is no sudo: ${missing[*]}"; exit 1; }
    sudo=sudo
  fi
  echo "Installing ${#missing[@]} packages: ${missing[*]}"
  # Servers that come with a package need not start: the tests start their own.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
    $sudo chmod +x $policy
    trap '$sudo rm -f $policy' EXIT
  fi
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/tmp/assay-install.$$.log 2>&1 || {
    tail -20 /tmp/assay-install.$$.log; echo "apt-get failed; see /tmp/assay-install.$$.log"; exit 1; }
  rm -f /tmp/assay-install.$$.log
fi
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Fetching the web assets (npm ci) …"
  npm ci --no-audit --no-fund --loglevel=error
fi
