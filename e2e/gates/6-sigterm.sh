#!/bin/sh
# Gate 6, in bigger than e2e/40-drain.sh: SIGTERM in the middle of 2,000 calls a second that ring for a minute. Not part
# of ./flashcall test.
set -eu

cd "$(dirname "$0")"
. ./common.sh

# Starts a load, asks it to stop once it has run for 5 s, and waits.
interrupted() {
    rm -f "$tmp/rows"
    "$FLASHCALL" load --trunk "$trunk" --from +120255501xx --to +442079460xxx --rate 2000 --duration 60s --ring 60s \
        --json --csv "$tmp/rows" --drain-timeout 3s >"$tmp/out" 2>"$tmp/err" &
    load=$!
    tries=0
    until [ "$(grep -c . "$tmp/rows" 2>/dev/null)" -ge 6 ] 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 2400 ] && kill -0 $load 2>/dev/null || fail "no load: $(cat "$tmp/err")"
        sleep 0.05
    done
    kill -TERM $load
    asked=$(date +%s.%N)
    status=0
    wait $load || status=$?
    load=''
    took=$(echo "$(date +%s.%N) $asked" | awk '{ print $1 - $2 }')
    printf '  saw: %s s to end; %s\n' "$took" "$(cat "$tmp/err" "$tmp/out")"
    awk "BEGIN { exit !($took < 4) }" || fail "took $took s (expected: the drain timeout of 3 s, and up to 1 s more)"
}

proves 'every call that rings is cancelled, and nothing is left'
start_carrier --behaviour ring:pdd=20ms
interrupted
expect "$status" 0
expect "$(cat "$tmp/err")" ''
stop_carrier
expect "$status" 0
[ "$(saw invites)" -gt 5000 ] || fail "only $(saw invites) calls before the signal"
expect "$(saw cancels)" "$(saw invites)"
expect "open $(saw open), up $(saw up)" 'open 0, up 0'

proves 'where the peer never ends a call, all are cancelled, given up in time and told'
start_carrier --behaviour no-487:pdd=20ms
interrupted
expect "$status" 1
grep -q '^[0-9]* of [0-9]* calls were still up' "$tmp/err" || fail "$(cat "$tmp/err")"
stop_carrier
expect "$status" 0
[ "$(saw cancels)" -ge "$(saw invites)" ] || fail "$(saw invites) rang, $(saw cancels) CANCELs"
