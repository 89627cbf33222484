#!/bin/sh
# serve gets another configuration while it runs: by SIGHUP and over the API, good and bad, with a call in the air.
set -eu

. "${0%/*}/shared/carrier.sh"
service='' other=''
trap 'kill $carrier $other $service 2>/dev/null || :; rm -rf "$tmp"' EXIT

start_carrier
other=$carrier first=$trunk
mv "$tmp/carrier" "$tmp/first"
start_carrier

# A phone that rings for 3 s, over one trunk to the carrier at that address.
configure() {
    cat >"$tmp/server.yaml" <<END
listen: 127.0.0.1:0
store: {path: $tmp/flashcall.db}
master_key: {file: $tmp/master.key}
engine:
  user_agents: {local: "127.0.0.1:0"}
  trunks:
    $1: {target: "$2", caller_ids: ["+442079460xxx"], flash_calls_allowed: true, ring_time: 3s}
pools:
  drama: {owner: nobody, proof: for drama, country: GB, trunks: [$1], numbers: ["+442079460xxx"]}
routes:
  - {prefix: "+", trunk: $3, pool: drama}
apps:
  demo: {title: Demo, ring_time: {default: 3s, min: 0s, max: 5s}}
END
}
ask() {
    method=$1 path=$2 with=$3
    shift 3
    curl -s -X "$method" "$url$path" -H "Authorization: Bearer $with" -H 'Content-Type: application/json' "$@"
}
started() { ask POST /v1/verifications "$key" -d "{\"to\":\"$1\"}" | sed 's/.*"id":"\(ver_[^"]*\)".*/\1/'; }
# Waits for words in a text that a command writes.
until_said() {
    words=$1
    shift
    tries=0
    until said=$("$@") && case $said in *"$words"*) ;; *) false ;; esac; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || fail "saw '$said' (expected: $words)"
        sleep 0.05
    done
}

configure one "$first" one
: >"$tmp/serve"
"$FLASHCALL" serve --config "$tmp/server.yaml" >"$tmp/serve" 2>"$tmp/serve.err" &
service=$!
until_said 'flashcall ready on' cat "$tmp/serve"
url=$(sed -n 's/^flashcall ready on //p' "$tmp/serve")
key=$("$FLASHCALL" keys create --scope server --app demo --config "$tmp/server.yaml")
admin=$("$FLASHCALL" keys create --scope admin --config "$tmp/server.yaml")

proves 'SIGHUP: a bad file changes nothing, and the log names the line'
configure one "$first" nobody
kill -HUP $service
until_said 'line 11: routes[0].trunk: nobody is not declared' cat "$tmp/serve.err"
kill -0 $service || fail 'it has ended'
contains "$(ask GET /v1/routes "$admin")" '"trunk":"one"'

proves 'SIGHUP: another trunk takes the calls, and the call in the air rings to its end'
call=$(started +441614960123)
until_said '"name":"one"' ask GET /v1/trunks "$admin"
until_said '"channels_in_use":1' ask GET /v1/trunks "$admin"
configure two "$trunk" two
kill -HUP $service
until_said 'reloaded: trunks [two ADDED, one LEAVING]' cat "$tmp/serve.err"
contains "$(ask GET /v1/trunks "$admin")" '"leaving":true,"channels_in_use":1'
second=$(started +441614960124)
until_said '"outcome":"rang"' ask GET "/v1/verifications/$call" "$key"
until_said '"outcome":"rang"' ask GET "/v1/verifications/$second" "$key"

proves 'the same over the API, and by a command'
contains "$(ask POST /v1/reload "$admin" -d '{}')" '{"name":"two","change":"unchanged"}'
contains "$(cat "$tmp/serve.err")" 'audit: reload asked for with key'
expect "$(FLASHCALL_KEY=$admin "$FLASHCALL" reload --url "$url")" 'trunk two: unchanged
routes: unchanged'
configure two "$trunk" nobody
status=0
FLASHCALL_KEY=$admin "$FLASHCALL" reload --url "$url" >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status: $(cat "$tmp/out")" '2: '
contains "$(cat "$tmp/err")" 'routes[0].trunk line 11: nobody is not declared'

proves 'SIGTERM still ends it, and the carriers saw no rule broken'
kill -TERM $service
status=0
wait $service || status=$?
service=''
expect "$status" 0
kill -TERM $carrier
wait $carrier || fail "the carrier ended with $?"
carrier=''
expect "invites $(saw invites), up $(saw up)" 'invites 1, up 0'
kill -TERM $other
wait $other || fail "the other carrier ended with $?"
other=''
