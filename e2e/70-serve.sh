#!/bin/sh
# serve as an operator runs it: its configuration, keys made beside it, one verification, and its end.
set -eu

. "${0%/*}/shared/carrier.sh"
service=''
trap 'kill $carrier $service 2>/dev/null || :; rm -rf "$tmp"' EXIT

start_carrier --handsets 127.0.0.1:0
handsets=$(sed -n 's/^handsets on //p' "$tmp/carrier")
conf=${FLASHCALL%/*}/conf
# The sample itself, but for addresses and folders.
sed "s/127\.0\.0\.1:5070/$trunk/" "$conf/engine.yaml" >"$tmp/engine.yaml"
sed -e 's/^listen:.*/listen: 127.0.0.1:0/' -e "s#\./data/#$tmp/data/#" "$conf/server.yaml" >"$tmp/server.yaml"

serve() {
    : >"$tmp/serve"
    "$FLASHCALL" serve --config "$tmp/server.yaml" >"$tmp/serve" 2>"$tmp/serve.err" &
    service=$!
    tries=0
    until grep -q '^flashcall ready on ' "$tmp/serve"; do
        tries=$((tries + 1))
        [ $tries -lt 1200 ] && kill -0 $service 2>/dev/null || fail "no service: $(cat "$tmp/serve.err")"
        sleep 0.05
    done
    url=$(sed -n 's/^flashcall ready on //p' "$tmp/serve")
}
keys() { "$FLASHCALL" keys "$@" --config "$tmp/server.yaml"; }
ask() {
    path=$1
    shift
    curl -s "$url/v1/verifications$path" -H "Authorization: Bearer $key" "$@"
}

proves 'it shows what it runs with, numbers masked, and makes its store for its owner alone'
serve
expect "$(cat "$tmp/serve")" "flashcall ready on $url"
contains "$(cat "$tmp/serve.err")" 'caller_id_cool_down: 1d'
contains "$(cat "$tmp/serve.err")" '+4420********'
if grep -q 442079460 "$tmp/serve.err"; then fail 'a number is not masked'; fi
expect "$(find "$tmp/data" -type f -perm /077)" ''

proves 'a key that is made beside it counts at once, and no longer 5 s after it was revoked'
key=$(keys create --scope server --app demo --name 'of a test')
started=$(ask '' -H 'Content-Type: application/json' -d '{"to":"+441614960123"}')
contains "$started" '"status":"pending"'
id=$(printf '%s' "$started" | sed 's/.*"id":"\(ver_[^"]*\)".*/\1/')
from=$(curl -s "$handsets/handsets/+441614960123/next?wait=10s" | sed 's/.*"from":"\([^"]*\)".*/\1/')
checked=$(ask "/$id/check" -H 'Content-Type: application/json' -d "{\"code\":\"${from#?????????}\"}")
contains "$checked" '"status":"verified"'
contains "$(keys list)" 'of a test'
keys revoke "$(printf '%s' "$key" | cut -d_ -f3)"
tries=0
until ask "/$id" | grep -q invalid-key; do
    tries=$((tries + 1))
    [ $tries -lt 120 ] || fail "the key still counts: $(ask "/$id")"
    sleep 0.05
done

proves 'what it forgets is gone, also while it runs'
key=$(keys create --scope server --app demo)
expect "$("$FLASHCALL" erase --to +441614960123 --config "$tmp/server.yaml")" 'erased 1 session'
case $(ask "/$id") in *1614960123*) fail 'the number is still there' ;; esac

proves 'a second service on the same store does nothing and ends with 2'
status=0
"$FLASHCALL" serve --config "$tmp/server.yaml" >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status: $(cat "$tmp/out")" '2: '
contains "$(cat "$tmp/err")" 'is used by another service'

proves 'an address that is taken ends another one with 2'
sed -e "s/^listen:.*/listen: ${url#http://}/" -e "s#$tmp/data/#$tmp/other/#" "$tmp/server.yaml" >"$tmp/taken.yaml"
status=0
"$FLASHCALL" serve --config "$tmp/taken.yaml" >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status: $(cat "$tmp/out")" '2: '
contains "$(cat "$tmp/err")" 'cannot listen on 127.0.0.1:'

proves 'SIGTERM ends it with 0; a call that is in the air ends with it, and what it knew is there again'
second=$(ask '' -H 'Content-Type: application/json' -d '{"to":"+441614960124"}' | sed 's/.*"id":"\(ver_[^"]*\)".*/\1/')
curl -s "$handsets/handsets/+441614960124/next?wait=10s" >/dev/null
kill -TERM $service
status=0
wait $service || status=$?
expect "$status" 0
serve
contains "$(ask "/$second")" '"outcome":"rang"'
kill -TERM $service
wait $service || fail "it ended with $?"
service=''

proves 'the carrier saw no rule broken, and nothing stays up'
kill -TERM $carrier
status=0
wait $carrier || status=$?
carrier=''
expect "$status: $(cat "$tmp/carrier.err")" '0: '
expect "up $(saw up), open $(saw open), invites $(saw invites)" 'up 0, open 0, invites 2'
