#!/bin/sh
# load against our own carrier: a small one, whose report and rows agree with what the carrier saw.
set -eu

. "${0%/*}/shared/carrier.sh"

stop_carrier() {
    kill -TERM $carrier
    status=0
    wait $carrier || status=$?
    carrier=''
    saw=$(tail -n 1 "$tmp/carrier")
}

load() {
    status=0
    case " $* " in
        *' --from '*) ;;
        *) set -- --from +120255501xx "$@" ;;
    esac
    timeout 60 "$FLASHCALL" load --to +442079460xxx "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
    out=$(cat "$tmp/out")
    err=$(cat "$tmp/err")
}

start_carrier --behaviour ring:pdd=20ms

proves 'at 500 a second for 4 s every call rings, and the object says so'
load --trunk "$trunk" --rate 500 --duration 4s --ring 200ms --json --csv "$tmp/rows.csv"
expect "$status" 0
expect "$err" ''
expect "$(grep -c . "$tmp/out")" 1
contains "$out" '{"calls":2000,"outcomes":{"rang":{"487":2000}},"refused":{},"retransmissions":'
for field in unmatched rate_achieved cpu_us_per_call cpu_us_per_call_total 'setup_ms":{"p50' 'cancel_late_ms":{"p50'; do
    contains "$out" "\"$field\":"
done

proves 'it writes a row for each second, and the rows add up'
contains "$(head -n 1 "$tmp/rows.csv")" 'time_s,rate,in_flight,rang,'
expect "$(awk -F, 'NR > 1 { rang += $4; rows++ } END { print rang, (rows >= 4) }' "$tmp/rows.csv")" '2000 1'

proves 'without --json a person gets a table'
load --trunk "$trunk" --rate 1000 --calls 100
expect "$status" 0
contains "$out" '100 calls'
contains "$out" 'milliseconds'

proves '--max-in-flight holds calls back, refuses none, and says so'
load --trunk "$trunk" --rate 1000 --calls 60 --max-in-flight 20 --json
expect "$status" 0
contains "$out" '"calls":60,"outcomes":{"rang":{"487":60}},"refused":{}'
contains "$err" '--max-in-flight held calls back'

proves 'several user agents share the calls'
load --trunk "$trunk" --rate 1000 --calls 100 --agents 2 --json
expect "$status" 0
contains "$out" '"rang":{"487":100}'

proves 'x may stand anywhere in a number'
load --trunk "$trunk" --rate 1000 --calls 40 --from +1202x5501x3 --json
expect "$status" 0
contains "$out" '"rang":{"487":40}'

proves 'the carrier saw as many calls, no rule broken, and nothing stays up'
stop_carrier
expect "$status" 0
contains "$saw" '{"invites":2300,'
contains "$saw" '"up":0,"open":0'
contains "$saw" '"violations":{}'

proves 'calls that are refused by a trunk'"'"'s pace are told apart, and end with 1'
start_carrier --behaviour busy:pdd=0ms
cat >"$tmp/engine.yaml" <<END
trunks:
  slow: {target: "$trunk", caller_ids: ["+120255501xx"], flash_calls_allowed: true, calls_per_second: 10}
END
load --trunk slow --config "$tmp/engine.yaml" --rate 500 --calls 100 --json
expect "$status" 1
contains "$out" '"outcomes":{"declined":{"486":'
contains "$out" '"refused":{"PACED":'
stop_carrier

proves 'each bad value ends with 2, names itself, and says what was expected'
for bad in '--rate fast --calls 1' '--rate 0 --calls 1' '--rate 5' '--rate 5 --calls 1 --duration 1s' \
    '--rate 5 --calls 0' '--rate 5 --calls 1 --agents 65' '--rate 5 --calls 1 --ring 1x'
do
    load --trunk 127.0.0.1:5070 $bad
    expect "$bad: $status" "$bad: 2"
    expect "$out" ''
done
load --trunk 127.0.0.1:5070 --rate 5 --calls 1 --from 12xx
expect "$status" 2
contains "$err" 'where x counts'
