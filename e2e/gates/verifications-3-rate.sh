#!/bin/sh
# Gate 3 of the verification service, in full: 300 verifications a second for 60 s, from start to webhook, on two idle
# cores, none lost or wrong. RATE and DURATION ask for another load. Not part of ./flashcall test.
set -eu

cd "$(dirname "$0")"
. ./common.sh

: "${RATE:=300}" "${DURATION:=60}"
all=$((RATE * DURATION))

proves "at $RATE a second for $DURATION s every number is verified, and every webhook comes"
status=0
"$FLASHCALL" load-api --rate "$RATE" --duration "${DURATION}s" --json >"$tmp/out" 2>"$tmp/err" || status=$?
out=$(cat "$tmp/out")
printf '  saw: %s\n' "$(cat "$tmp/err" "$tmp/out")"
expect "$status" 0
contains "$out" "{\"started\":$all,\"verified\":$all,\"webhooks\":$all,\"errors\":0,"
contains "$out" "\"rate_achieved\":$RATE.0,"

proves 'start is answered within 50 ms at p99'
p99=$(printf '%s' "$out" | sed 's/.*"start_ms":{"p50":[0-9.]*,"p99":\([0-9.]*\).*/\1/')
awk "BEGIN { exit !($p99 <= 50) }" || fail "it took $p99 ms"
