#!/bin/sh
# The goal of seeing the wire: at 5,000 calls a second with HEP sampling and pcap files of one trunk, hang-up lateness
# and CPU time of a call stay within 1.3 times of those without. Needs two idle cores. Not part of ./flashcall test.
set -eu

cd "$(dirname "$0")"
. ./common.sh

: "${PAIRS:=3}" "${RATE:=5000}" "${SECONDS_EACH:=15}" "${SAMPLE:=0.1}"

# A collector that reads and throws away: HEP is no SIP.
"$FLASHCALL" carrier --listen 127.0.0.1:0 --behaviour silent >"$tmp/sink" 2>&1 &
sink=$!
trap 'kill $carrier $load $sink 2>/dev/null || :; rm -rf "$tmp"' EXIT
start_carrier --behaviour reflect
tries=0
until grep -q ' on 127' "$tmp/sink"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] && kill -0 $sink 2>/dev/null || fail "no collector: $(cat "$tmp/sink")"
    sleep 0.05
done
collector=$(sed -n '1s/.* on //p' "$tmp/sink")

for name in without with; do
    {
        [ $name = without ] || printf 'capture:\n  hep: {host: %s, port: %s, sample: %s}\n%s\n' \
            "${collector%:*}" "${collector##*:}" "$SAMPLE" \
            "  pcap: {directory: \"$tmp/wire\", trunk: peer, file_size: 64MiB, files: 4}"
        cat <<END
trunks:
  peer:
    target: "$trunk"
    caller_ids: ["+120255501xx"]
    flash_calls_allowed: true
    max_channels: 1000000
    calls_per_second: 100000
END
    } >"$tmp/$name.yaml"
done
trunk=peer

# A field of the report: field PATTERN, as cpu_us_per_call or cancel_late_ms and then its percentile.
field() { printf '%s\n' "$out" | sed -n "s/.*$1\([0-9.][0-9.]*\).*/\1/p"; }

measure() {
    load --config "$tmp/$1.yaml" --rate "$RATE" --duration "${SECONDS_EACH}s" --ring 1500ms
    expect "$status" 0
    printf '%s %s %s %s\n' "$1" "$(field '"cpu_us_per_call":')" "$(field '"cancel_late_ms":{[^}]*"p50":')" \
        "$(field '"cancel_late_ms":{[^}]*"p99":')" >>"$tmp/seen"
}

proves "capture costs at most 0.3 of the CPU time of a call and of its lateness, at $RATE calls/s (load $(uptime |
    sed 's/.*average: *//'))"
pair=0
while [ $pair -lt "$PAIRS" ]; do
    measure without
    measure with
    pair=$((pair + 1))
done
find "$tmp/wire" -name '*.pcap' | grep -q . || fail 'no capture file was written'

# The median of a column of the runs with or without.
median() { awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$tmp/seen" | sort -n | awk '
    { all[NR] = $1 } END { print NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'; }

missed=''
for column in '2 CPU_us_per_call' '3 lateness_p50_ms' '4 lateness_p99_ms'; do
    a=$(median without "${column%% *}")
    b=$(median with "${column%% *}")
    ratio=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.2f", b / a }')
    printf '  %s: without %s, with %s, ratio %s\n' "${column#* }" "$a" "$b" "$ratio"
    awk -v ratio="$ratio" 'BEGIN { exit ratio <= 1.3 ? 0 : 1 }' || missed="$missed ${column#* } $ratio"
done
[ -z "$missed" ] || fail "$missed (expected: at most 1.30)"
