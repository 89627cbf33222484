#!/bin/sh
# place against our own carrier: the ladder, each exit code, the fields of the JSON object, errors that say what to do.
set -eu

. "${0%/*}/shared/carrier.sh"

# Runs place; its exit code is $status.
place() {
    status=0
    LC_ALL=C.UTF-8 timeout 30 "$FLASHCALL" place --from +12025550123 "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
    out=$(cat "$tmp/out")
    err=$(cat "$tmp/err")
}

start_carrier --behaviour by-number
to=+442079460

proves 'a person sees the ladder and one sentence, and it ends with 0'
place --to ${to}123 --trunk "$trunk" --ring 300ms
expect "$status" 0
expect "$err" ''
for line in "$trunk" "INVITE ${to}123" '180 Ringing' 'CANCEL ' '200 OK (CANCEL)' '487 ' 'ACK '; do
    contains "$out" "$line"
done
expect "$(tail -n 1 "$tmp/out" | sed 's/0\.3[0-9] s/0.30 s/')" 'The phone rang for 0.30 s and showed +12025550123.'

proves 'with --trace each message is shown whole'
place --to ${to}123 --trunk "$trunk" --ring 0ms --trace
contains "$out" 'Call-ID: '

proves 'with --pcap each message is written to a file of the owner alone, which Wireshark reads; place ends with it written'
place --to ${to}123 --trunk "$trunk" --ring 0ms --pcap "$tmp/wire"
expect "$status" 0
# Its first bytes say what it is; INVITE, 100, 180, CANCEL, 200, 487 and ACK follow.
expect "$(od -An -tx1 -N4 "$tmp/wire/flashcall-00000001.pcap" | tr -d ' ')" a1b2c3d4
expect "$(ls -l "$tmp/wire/flashcall-00000001.pcap" | cut -c1-10)" '-rw-------'
expect "$(grep -ac '^CSeq: 1 ' "$tmp/wire/flashcall-00000001.pcap")" 7

proves 'a script gets exactly one JSON object with the fields it relies on, and nothing else'
place --to ${to}123 --trunk "$trunk" --ring 100ms --json
expect "$status" 0
expect "$err" ''
number='[0-9]*\.[0-9]*'
event() { printf '{"type":"%s","t_ms":%s,"status":%s,"reason":null}' "$1" "$number" "$2"; }
expect "$(grep -c . "$tmp/out")" 1
grep -qx '{"outcome":"rang","caller_id_shown":true,"status":487,"cause":null,"q850":null,"setup_ms":'"$number"\
',"ring_ms":'"$number"',"cancel_late_ms":'"$number"',"call_id":"[0-9a-f]\{16\}-[0-9a-f]\{16\}","events":\['\
"$(event placed null),$(event trying 100),$(event ringing 180),$(event hanging_up null),$(event ended 487)]}" \
    "$tmp/out" || fail "$out"

proves 'answered ends with 3, whatever else happens to a call with 1, and the object says what it was'
for each in '004 3 "outcome":"answered","caller_id_shown":false,"status":200,"cause":null' \
    '003 3 "outcome":"answered","caller_id_shown":true,"status":200' \
    '005 3 "outcome":"answered","caller_id_shown":true,"status":200' \
    '007 0 "outcome":"rang","caller_id_shown":true,"status":603' \
    '006 1 "outcome":"declined","caller_id_shown":false,"status":486,"cause":"BUSY"' \
    '404 1 "outcome":"declined","caller_id_shown":false,"status":404,"cause":"INVALID_NUMBER"' \
    '503 1 "outcome":"failed","caller_id_shown":false,"status":503,"cause":"OVERLOADED"' \
    '403 1 "outcome":"failed","caller_id_shown":false,"status":403,"cause":"BLOCKED"'
do
    ending=${each%% *}
    rest=${each#* }
    place --to $to$ending --trunk "$trunk" --ring 500ms --json
    expect "$ending: $status" "$ending: ${rest%% *}"
    contains "$out" "${rest#* }"
done

proves 'a call that never rings is hung up, and says so'
place --to ${to}009 --trunk "$trunk" --setup-timeout 300ms --json
expect "$status" 1
contains "$out" '"cause":"NO_RINGING"'

proves 'nobody there: a sentence that says what to look at'
place --to ${to}123 --trunk 127.0.0.1:9 --setup-timeout 200ms --drain-timeout 0s
expect "$status" 1
contains "$out" 'check'

proves 'SIGTERM hangs up at once, tells how it ended, and ends'
"$FLASHCALL" place --from +12025550123 --to ${to}123 --trunk "$trunk" --ring 60s >"$tmp/out" 2>"$tmp/err" &
ringing=$!
tries=0
until grep -q '180 Ringing' "$tmp/out"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] && kill -0 $ringing 2>/dev/null || fail "it does not ring: $(cat "$tmp/err")"
    sleep 0.05
done
kill -TERM $ringing
status=0
wait $ringing || status=$?
ringing=''
expect "$status" 0
contains "$(cat "$tmp/out")" '487 '
contains "$(tail -n 1 "$tmp/out")" 'The phone rang for '

proves 'an answer that crosses the CANCEL of a SIGTERM has a ring time, and the Call-ID of the wire'
"$FLASHCALL" place --from +12025550123 --to ${to}005 --trunk "$trunk" --ring 60s --json --trace \
    >"$tmp/out" 2>"$tmp/err" &
ringing=$!
tries=0
until grep -q '180 Ringing' "$tmp/err"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] && kill -0 $ringing 2>/dev/null || fail "it does not ring: $(cat "$tmp/err")"
    sleep 0.05
done
kill -TERM $ringing
status=0
wait $ringing || status=$?
ringing=''
expect "$status" 3
grep -q '"outcome":"answered".*"ring_ms":[0-9.]*,"cancel_late_ms":null,' "$tmp/out" || fail "$(cat "$tmp/out")"
contains "$(cat "$tmp/err")" "Call-ID: $(sed 's/.*"call_id":"\([^"]*\)".*/\1/' "$tmp/out")"

proves 'a trunk of the configuration is called by its name'
cat >"$tmp/engine.yaml" <<END
trunks:
  mine: {target: "$trunk", caller_ids: ["+120255501xx"], flash_calls_allowed: true}
END
place --to ${to}123 --trunk mine --config "$tmp/engine.yaml" --ring 0ms --json
expect "$status" 0

proves 'a caller id that is not the trunk'"'"'s is refused with 2 and a reason'
status=0
"$FLASHCALL" place --to ${to}123 --from +13035550123 --trunk mine --config "$tmp/engine.yaml" \
    >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status" 2
expect "$(cat "$tmp/out")" ''
contains "$(cat "$tmp/err")" 'caller_ids'

proves 'each bad value ends with 2, names itself masked, and says what was expected'
refused() {
    wanted=$1
    shift
    place "$@"
    expect "$wanted: $status" "$wanted: 2"
    expect "$out" ''
    contains "$err" "$wanted"
    contains "$err" expected
}
refused 'nine' --to ${to}123 --trunk "$trunk" --ring nine
refused '200s' --to ${to}123 --trunk "$trunk" --ring 200s
refused '4420********' --to 442079460123 --trunk "$trunk"
refused '127.0.0.1:99999' --to ${to}123 --trunk 127.0.0.1:99999
refused 'transport=sctp' --to ${to}123 --trunk '127.0.0.1:5070;transport=sctp'
refused '192.0.2.1:5060' --to ${to}123 --trunk 192.0.2.1:5060
contains "$err" --i-own-these-numbers
refused 'no-such-trunk' --to ${to}123 --trunk no-such-trunk --config "$tmp/engine.yaml"
refused 'no-such-file' --to ${to}123 --trunk mine --config "$tmp/no-such-file"
refused 'no host' --to ${to}123 --trunk "$trunk" --hep 'no host'
refused 'collector.invalid' --to ${to}123 --trunk "$trunk" --hep collector.invalid
refused "$tmp/out/wire" --to ${to}123 --trunk "$trunk" --pcap "$tmp/out/wire"
refused "$trunk" --to ${to}123 --trunk "$trunk" --local "$trunk"

proves 'the carrier saw no rule of RFC 3261 broken, and nothing stays up'
kill -TERM $carrier
status=0
wait $carrier || status=$?
carrier=''
expect "$status" 0
contains "$(tail -n 1 "$tmp/carrier")" '"up":0,"open":0'
contains "$(tail -n 1 "$tmp/carrier")" '"violations":{}'
