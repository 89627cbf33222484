#!/bin/sh
# Gate 4 of the verification service, in full: the service is killed with SIGKILL in the middle of 300 verifications a
# second, and started again. Every session reaches a final status, no phone rings twice, and the receiver hears of every
# end. What the carrier sends to calls of the dead goes without ACK, so its own judgement is not asked. RATE and DURATION ask for another load. Not part of ./flashcall test.
set -eu

cd "$(dirname "$0")"
. ./common.sh

: "${RATE:=300}" "${DURATION:=60}"
all=$((RATE * DURATION))
service=''
trap 'kill $carrier $load $service 2>/dev/null || :; rm -rf "$tmp"' EXIT

serve() {
    : >"$tmp/serve"
    "$FLASHCALL" serve --config "$tmp/server.yaml" >"$tmp/serve" 2>>"$tmp/serve.err" &
    service=$!
    tries=0
    until grep -q '^flashcall ready on ' "$tmp/serve"; do
        tries=$((tries + 1))
        [ $tries -lt 1200 ] && kill -0 $service 2>/dev/null || fail "no service: $(tail "$tmp/serve.err")"
        sleep 0.05
    done
    url=$(sed -n 's/^flashcall ready on //p' "$tmp/serve")
}

number() { printf '%s' "$out" | sed -n 's/.*"'"$1"'":\([0-9]*\).*/\1/p'; }

start_carrier --behaviour ring --handsets 127.0.0.1:0
handsets=$(sed -n 's/^handsets on //p' "$tmp/carrier")
config() {
    cat >"$tmp/server.yaml" <<END
listen: "$1"
store: {path: "$tmp/flashcall.db"}
master_key: {file: "$tmp/master.key"}
engine:
  user_agents: {local: "127.0.0.1:0", max_calls: 32768, event_capacity: 163840}
  trunks:
    testbed:
      target: "$trunk"
      caller_ids: ["+442079460000..+442079460999"]
      flash_calls_allowed: true
      calls_per_second: 10000
      max_channels: 100000
pools:
  drama:
    owner: nobody, they are kept for drama
    proof: Ofcom's list of numbers for use in drama
    country: GB
    trunks: [testbed]
    numbers: ["+442079460000..+442079460999"]
routes:
  - {prefix: "+", trunk: testbed, pool: drama}
webhooks: {allow_http: true, allow_private_addresses: ["127.0.0.0/8"]}
apps:
  demo: {ttl: 30s}
END
}
config 127.0.0.1:0
serve
# From now on on the same port, as a client expects of a service that comes back.
config "${url#http://}"
key=$("$FLASHCALL" keys create --scope server --app demo --config "$tmp/server.yaml")

proves "killed in the middle of $RATE verifications a second for $DURATION s, every one is started"
"$FLASHCALL" load-api --url "$url" --key "$key" --handsets "$handsets" --rate "$RATE" --duration "${DURATION}s" \
    --grace 90s --json >"$tmp/out" 2>"$tmp/err" &
load=$!
sleep $((DURATION / 2))
kill -KILL $service
wait $service 2>/dev/null || :
serve
status=0
wait $load || status=$?
load=''
out=$(cat "$tmp/out")
printf '  saw: %s\n' "$(cat "$tmp/err" "$tmp/out")"
[ "$status" -le 1 ] || fail "load-api ended with $status"
expect "$(number started)" "$all"

proves 'every one reached a final status that the receiver has heard of'
ended=$(printf '%s' "$out" | sed 's/.*"ended":{\([^}]*\)}.*/\1/')
case $ended in *open*) fail "ended: $ended" ;; esac
expect "$(printf '%s\n' "$ended" | tr , '\n' | awk -F: '{ sum += $2 } END { print sum }')" "$all"

proves 'no phone rang twice, and no webhook was signed wrongly'
case $out in *'a phone rang again'* | *'not signed rightly'*) fail "$out" ;; esac
kill -TERM $service
wait $service || fail "the service ended with $?"
service=''
