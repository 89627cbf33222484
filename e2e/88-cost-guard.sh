#!/bin/sh
# The cost of a call has not grown grossly since it was recorded (benchmarks/src/main/resources/guard.properties).
set -eu

. "${0%/*}/shared/carrier.sh"

proves 'a call costs no more than half as much again as recorded, beside a loop without SIP'
timeout 120 "$FLASHCALL" bench --guard >"$tmp/out" 2>"$tmp/err" || fail "$(cat "$tmp/out" "$tmp/err")"
printf '  saw: %s\n' "$(cat "$tmp/out")"
