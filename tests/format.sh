#!/usr/bin/env bash
# All of the code stands as .clang-format says; mend it with: tests/format.sh --fix
set -eu
cd "$(dirname "$0")/.."
how=(--dry-run --Werror)
[ "${1:-}" != --fix ] || how=(-i)
find src tests bench \( -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 -P 2 -n 60 clang-format-14 "${how[@]}"
