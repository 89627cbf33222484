#!/bin/sh
# SIGTERM in the middle of a load: every call that had a provisional gets its CANCEL, the command ends in time, and
# tells what was left.
set -eu

. "${0%/*}/shared/carrier.sh"

seconds() { date +%s.%N; }

stop_carrier() {
    kill -TERM $carrier
    wait $carrier || fail "a rule of RFC 3261 was broken: $(cat "$tmp/carrier.err")"
    carrier=''
}

# Starts a load of calls that ring for a minute, asks it to stop once it has run for 2 s, and waits.
interrupted() {
    rm -f "$tmp/rows"
    "$FLASHCALL" load --trunk "$trunk" --from +120255501xx --to +442079460xxx --rate 500 --duration 60s --ring 60s \
        --json --csv "$tmp/rows" "$@" >"$tmp/out" 2>"$tmp/err" &
    load=$!
    tries=0
    until [ "$(grep -c . "$tmp/rows" 2>/dev/null)" -ge 3 ] 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] && kill -0 $load 2>/dev/null || fail "no load: $(cat "$tmp/err")"
        sleep 0.05
    done
    kill -TERM $load
    asked=$(seconds)
    status=0
    wait $load || status=$?
    load=''
    took=$(echo "$(seconds) $asked" | awk '{ print $1 - $2 }')
    out=$(cat "$tmp/out")
}

proves 'every call that rings is cancelled at once, and all end: nothing is left'
start_carrier --behaviour ring:pdd=20ms
interrupted
expect "$(cat "$tmp/err")" ''
expect "$status" 0
awk "BEGIN { exit !($took < 4) }" || fail "took $took s (expected: less than 4, with nothing to wait for)"
stop_carrier
[ "$(saw invites)" -gt 100 ] || fail "only $(saw invites) calls before the signal"
contains "$out" "{\"calls\":$(saw invites),"
expect "$(saw cancels)" "$(saw invites)"
expect "open $(saw open), up $(saw up)" 'open 0, up 0'

proves 'calls whose end never comes are given up after the drain timeout, and told'
cat >"$tmp/script.yaml" <<'END'
rules:
  - called: "*0"
    behaviour: no-487:pdd=20ms
  - called: "*1"
    behaviour: silent
otherwise: ring:pdd=20ms
END
start_carrier --script "$tmp/script.yaml"
interrupted --drain-timeout 2s
expect "$status" 1
awk "BEGIN { exit !($took < 3.2) }" || fail "took $took s (expected: 2 s, and up to 1 s more)"
grep -q '^[0-9]* of [0-9]* calls were still up' "$tmp/err" || fail "$(cat "$tmp/err")"
stop_carrier
expect "$(grep -c . "$tmp/out")" 1
contains "$out" '"abandoned":{"none":'
contains "$out" "{\"calls\":$(saw invites),"
expect "$(saw up)" 0
# The judge would have told of a CANCEL without a provisional; each that rang has one, repeats aside.
[ "$(saw cancels)" -ge "$(saw ringing)" ] || fail "$(saw ringing) rang, $(saw cancels) CANCELs"

proves 'an answer that crosses the CANCEL of a stopping load is released'
start_carrier --behaviour answer-on-cancel:pdd=20ms
interrupted
expect "$status" 0
stop_carrier
expect "up $(saw up), byes $(saw byes)" "up 0, byes $(saw invites)"
