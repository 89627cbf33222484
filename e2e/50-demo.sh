#!/bin/sh
# demo as somebody meets it for the first time: one verification by itself, and then what it says to type.
set -eu

. "${0%/*}/shared/carrier.sh"
demo=''
trap 'kill $demo 2>/dev/null || :; rm -rf "$tmp"' EXIT

# Waits until the demo has printed a line with this text.
shown() {
    tries=0
    until grep -q -e "$1" "$tmp/demo"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] && kill -0 $demo 2>/dev/null || fail "no '$1' in: $(cat "$tmp/demo" "$tmp/demo.err")"
        sleep 0.05
    done
}


proves 'demo --once verifies a number by itself, in 5 s from when it is ready, and shows timeline and ladder'
status=0
LC_ALL=C.UTF-8 timeout 60 "$FLASHCALL" demo --once >"$tmp/out" 2>"$tmp/err" || status=$?
out=$(cat "$tmp/out")
expect "$status, $(cat "$tmp/err")" '0, '
for line in 'flashcall ready on http://127.0.0.1:' 'call.ringing' 'outcome rang' 'verification.verified' \
    'INVITE +4416****' '180 Ringing' 'CANCEL ' '487 ' 'ACK '; do
    contains "$out" "$line"
done
took=$(sed -n 's/^Verified in \([0-9.]*\) s\.$/\1/p' "$tmp/out")
awk "BEGIN { exit !($took > 0 && $took < 5) }" || fail "it took '$took' s (expected: less than 5)"

proves 'what demo says to type works as it stands there'
"$FLASHCALL" demo --port 0 >"$tmp/demo" 2>"$tmp/demo.err" &
demo=$!
shown 'FLASHCALL_KEY='
started=$(sed -n '/^   curl.*verifications -H/,/}.$/p' "$tmp/demo" | sh)
contains "$started" '"status":"pending"'
shown '/check'
checked=$(sed -n '/^   curl.*\/check/,/}.$/p' "$tmp/demo" | sh)
contains "$checked" '"correct":true'
contains "$checked" '"status":"verified"'
shown 'webhook verification.verified'
for path in /handsets/ /webhooks /events; do
    grep "^   curl.*$path" "$tmp/demo" | sh >"$tmp/out" || fail "$path: $(cat "$tmp/out")"
    grep -q . "$tmp/out" || fail "$path shows nothing"
done
contains "$(grep '^   curl.*/webhooks' "$tmp/demo" | sh)" '"type":"verification.verified"'

proves 'a number that is busy gets a message instead, whose code verifies it'
key=$(sed -n 's/^  server key *//p' "$tmp/demo")
url=$(sed -n 's/^flashcall ready on //p' "$tmp/demo")
phones=$(sed -n 's/^   curl -s \(http.*\)\/inbox.*/\1/p' "$tmp/demo")
id=$(curl -s "$url/v1/verifications" -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
    -d '{"to":"+441614960006"}' | sed -n 's/.*"id":"\(ver_[^"]*\)".*/\1/p')
tries=0
until code=$(curl -s "$phones/inbox/+441614960006" | grep -o '"text":"[0-9]\{4\}' | grep -o '[0-9]*$'); do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || fail "no message: $(curl -s "$url/v1/verifications/$id/events" -H "Authorization: Bearer $key")"
    sleep 0.05
done
checked=$(curl -s "$url/v1/verifications/$id/check" -H "Authorization: Bearer $key" \
    -H 'Content-Type: application/json' -d "{\"code\":\"$code\"}")
contains "$checked" '"correct":true'

proves 'verify leads somebody through one, with another try after wrong digits'
mkfifo "$tmp/keys"
FLASHCALL_KEY=$key timeout 60 "$FLASHCALL" verify --url "$url" --to +441614960124 <"$tmp/keys" \
    >"$tmp/out" 2>"$tmp/err" &
verify=$!
exec 3>"$tmp/keys"
shown 'webhook call.ringing  +441614960124'
code=$(curl -s "$phones/handsets/+441614960124" | sed -n 's/.*"from":"+[0-9]*\([0-9]\{4\}\)".*/\1/p')
printf '%s\n%s\n' "$(printf '%s' "$code" | tr 0-9 1-90)" "$code" >&3
exec 3>&-
status=0
wait $verify || status=$?
expect "$status: $(cat "$tmp/err")" '0: '
contains "$(cat "$tmp/out")" 'That is not it. 2 tries are left.'
contains "$(cat "$tmp/out")" '+441614960124 is verified.'

proves 'SIGTERM ends it with 0, and nothing of it stays behind'
kill -TERM $demo
status=0
wait $demo || status=$?
demo=''
expect "$status: $(cat "$tmp/demo.err")" '0: '
