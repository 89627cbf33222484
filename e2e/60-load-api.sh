#!/bin/sh
# load-api: a small load on a service of its own, and one on a service that is there already.
set -eu

. "${0%/*}/shared/carrier.sh"

FLASHCALL_JAVA_OPTS="${FLASHCALL_JAVA_OPTS-} -Djava.io.tmpdir=$tmp"
export FLASHCALL_JAVA_OPTS

load() {
    status=0
    timeout 120 "$FLASHCALL" load-api "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
    out=$(cat "$tmp/out")
}

proves 'on a service of its own all are verified, all webhooks come, and one object says so'
load --rate 30 --duration 3s --warm-up 1s --json
expect "$status: $(cat "$tmp/err")" '0: '
expect "$(grep -c . "$tmp/out")" 1
contains "$out" '{"started":90,"verified":90,"webhooks":90,"errors":0,'
for field in 'ended":{"verified":90}' 'start_ms":{"p50' 'verify_ms":{"p50' rate_achieved; do
    contains "$out" "\"$field"
done

proves 'it leaves no process and no file behind'
expect "$(pgrep -f "$tmp/flashcall-load-api" || :)" ''
expect "$(find "$tmp" -name 'flashcall-load-api*')" ''

proves 'bad usage ends with 2 and names itself'
load --rate 30
expect "$status" 2
contains "$(cat "$tmp/err")" '--duration'
load --rate 1 --duration 1s --url http://127.0.0.1:9
expect "$status" 2
contains "$(cat "$tmp/err")" '--key'
