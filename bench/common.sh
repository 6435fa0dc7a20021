# What the measuring scripts share, run from the root of the tree: the release binary, a folder that goes away with the script, the
# administrator's password in it, and `server`, the process that is measured.
assay=$PWD/build/release/assay
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
echo 'correct horse battery staple' >"$work/password"
now() { date +%s.%N; }
since() { python3 -c "print(f'{($(now)-$1)*1000:.0f} ms')"; }

# usage: risks FIRST COUNT FILE      a spreadsheet with so many risks, numbered from FIRST
risks() {
  python3 - "$@" <<'P'
import sys
first, count = int(sys.argv[1]), int(sys.argv[2])
with open(sys.argv[3], 'w') as f:
    f.write('id,title,threat,weakness,consequence,inherent_likelihood,inherent_impact,residual_likelihood,residual_impact,treatment,status\n')
    for i in range(first, first + count):
        f.write(f'R-B{i:07},Risk number {i} of the load,theft,unlocked door,loss of data,{i%5+1},{i//5%5+1},{i%3+1},{i%4+1},modify,assessed\n')
P
}

# Signs the administrator in at the server on port 18099; sets `cookie`.
sign_in() {
  curl -s -c "$work/jar" -o /dev/null http://127.0.0.1:18099/sign-in
  csrf=$(curl -s -b "$work/jar" -c "$work/jar" http://127.0.0.1:18099/sign-in | sed -n 's/.*name="csrf"[^>]*value="\([^"]*\)".*/\1/p' | head -1)
  curl -s -b "$work/jar" -c "$work/jar" -o /dev/null -H 'Origin: http://127.0.0.1:18099' --data-urlencode "csrf=$csrf" --data-urlencode email=admin@example.org --data-urlencode 'password=correct horse battery staple' http://127.0.0.1:18099/sign-in
  cookie=$(awk '/assay_session/ {print $6"="$7}' "$work/jar")
}

# Waits until the server has nothing to do: after many records came in its auditor asks the rules, which the rest does not measure.
rest() {
  local before
  until before=$(awk '{print $14 + $15}' "/proc/$server/stat") && sleep 3 && [ $(($(awk '{print $14 + $15}' "/proc/$server/stat") - before)) -lt 15 ]; do :; done
}

# usage: load NAME PATH [ROWS]      sixteen clients for five seconds. Pages are kept for a session while nothing changes; with ROWS
# each request begins behind another one of so many risks, so that none is.
load() {
  local script=()
  if [ -n "${3:-}" ]; then
    cat >"$work/load.lua" <<L
request = function() return wrk.format("GET", "$2%5B%224%22%2C%22R-B" .. string.format("%07d", math.random($3)) .. "%22%5D") end
L
    script=(-s "$work/load.lua")
  fi
  printf '%-44s' "$1"
  wrk -t1 -c16 -d5 --latency "${script[@]}" -H "Cookie: $cookie" "http://127.0.0.1:18099$2" | awk '/50%/{p50=$2} /99%/{p99=$2} /Requests\/sec/{r=$2} /Non-2xx/{bad=" FAILED "$0} END{print "p50 "p50", p99 "p99", "r" requests/s"bad}'
}
