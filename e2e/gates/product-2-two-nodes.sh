#!/bin/sh
# Gate 2 of the product, in full: two nodes on one PostgreSQL serve 200 verifications a second for 2 minutes; each
# verification is checked at another node than it was started at, and every 20 s one of the two is killed with SIGKILL and
# started again. None is lost, doubled or stuck, and the receiver hears of every end, in order. What the carrier sends to
# calls of the dead goes without ACK, so its own judgement is not asked. RATE, DURATION and EVERY ask for another load. Not
# part of ./flashcall test.
set -eu

cd "$(dirname "$0")"
. ./common.sh
. ../shared/postgres.sh

: "${RATE:=200}" "${DURATION:=120}" "${EVERY:=20}"
all=$((RATE * DURATION))
node1='' node2='' postgres=''
trap 'kill $carrier $load $node1 $node2 2>/dev/null || :; stop_postgres; rm -rf "$tmp"' EXIT

# Starts node $1 and waits for it.
serve() {
    : >"$tmp/serve$1"
    "$FLASHCALL" serve --config "$tmp/node$1.yaml" >"$tmp/serve$1" 2>>"$tmp/serve$1.err" &
    eval "node$1=$!"
    tries=0
    until grep -q '^flashcall ready on ' "$tmp/serve$1"; do
        tries=$((tries + 1))
        [ $tries -lt 1200 ] && eval "kill -0 \$node$1" 2>/dev/null || fail "no node $1: $(tail "$tmp/serve$1.err")"
        sleep 0.05
    done
}

url() { sed -n 's/^flashcall ready on //p' "$tmp/serve$1"; }
number() { printf '%s' "$out" | sed -n 's/.*"'"$1"'":\([0-9]*\).*/\1/p'; }

start_postgres
"$pg_bin/createdb" -h 127.0.0.1 -p "$pg_port" -U postgres flashcall
start_carrier --behaviour ring --handsets 127.0.0.1:0
handsets=$(sed -n 's/^handsets on //p' "$tmp/carrier")

# Node $1 listens on $2.
config() {
    cat >"$tmp/node$1.yaml" <<END
listen: "$2"
store: {url: "jdbc:postgresql://127.0.0.1:$pg_port/flashcall", user: postgres}
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
config 1 127.0.0.1:0
config 2 127.0.0.1:0
serve 1
serve 2
# From now on on the same port, as a client expects of a node that comes back.
config 1 "$(url 1 | sed 's,http://,,')"
config 2 "$(url 2 | sed 's,http://,,')"
key=$("$FLASHCALL" keys create --scope server --app demo --config "$tmp/node1.yaml")

proves "with one of two nodes killed every $EVERY s, each of $RATE verifications a second for $DURATION s is started"
"$FLASHCALL" load-api --url "$(url 1)" --url "$(url 2)" --key "$key" --handsets "$handsets" --rate "$RATE" \
    --duration "${DURATION}s" --grace 90s --every-event --json >"$tmp/out" 2>"$tmp/err" &
load=$!
victim=1 kills=0
for _ in $(seq $((DURATION / EVERY - 1))); do
    sleep "$EVERY"
    eval "killed=\$node$victim"
    kill -KILL "$killed"
    wait "$killed" 2>/dev/null || :
    kills=$((kills + 1))
    serve $victim
    victim=$((3 - victim))
done
status=0
wait $load || status=$?
load=''
out=$(cat "$tmp/out")
printf '  saw: %s kills; %s\n' "$kills" "$(cat "$tmp/err" "$tmp/out")"
[ "$status" -le 1 ] || fail "load-api ended with $status"
expect "$(number started)" "$all"

proves 'none is lost: every one reached a final status that the receiver has heard of'
ended=$(printf '%s' "$out" | sed 's/.*"ended":{\([^}]*\)}.*/\1/')
case $ended in *open*) fail "ended: $ended" ;; esac
expect "$(printf '%s\n' "$ended" | tr , '\n' | awk -F: '{ sum += $2 } END { print sum }')" "$all"

proves 'none is doubled: no phone rang twice, and there is one session for each start'
case $out in *'a phone rang again'*) fail "$out" ;; esac
expect "$(query 'SELECT count(*) FROM sessions')" "$all"
expect "$(query 'SELECT count(*) FROM attempts WHERE channel = '"'flash_call'"' AND number > 1 AND shown = 1')" 0

proves 'none is stuck: nothing is pending past its deadline, no lease is open, nothing waits to be delivered'
expect "$(query "SELECT count(*) FROM sessions WHERE status = 'pending'")" 0
expect "$(query 'SELECT count(*) FROM leases WHERE open = 1')" 0
tries=0
until [ "$(query "SELECT count(*) FROM deliveries WHERE state <> 'delivered'")" = 0 ]; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || fail "$(query 'SELECT state, type, count(*) FROM deliveries GROUP BY 1, 2') wait"
    sleep 0.1
done

proves 'webhooks came in the order of their session, each signed rightly'
case $out in *'a webhook was'*) fail "$out" ;; esac
for node in $node1 $node2; do
    kill -TERM "$node"
    wait "$node" || fail "a node ended with $?"
done
node1='' node2=''
