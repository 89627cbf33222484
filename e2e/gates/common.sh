# What the gates share; to be read, not run. $FLASHCALL is the launcher, by default this project's.
# shellcheck shell=sh

: "${FLASHCALL:=$(CDPATH='' cd ../.. && pwd -P)/flashcall}"

. ../shared/carrier.sh

# Builds first, so that a slow build is not taken for a carrier that does not start.
"$FLASHCALL" --version >/dev/null

# Its exit code is $status: 1 when it saw a rule of RFC 3261 broken.
stop_carrier() {
    kill -TERM $carrier
    status=0
    wait $carrier || status=$?
    carrier=''
    [ ! -s "$tmp/carrier.err" ] || cat "$tmp/carrier.err" >&2
}

# Runs a load to its end and shows its report; its exit code is $status.
load() {
    status=0
    "$FLASHCALL" load --trunk "$trunk" --from +120255501xx --to +442079460xxx --json "$@" >"$tmp/out" 2>"$tmp/err" ||
        status=$?
    out=$(cat "$tmp/out")
    printf '  saw: %s\n' "$(cat "$tmp/err" "$tmp/out")"
}
