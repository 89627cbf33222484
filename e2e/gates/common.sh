# What the gates share; to be read, not run. $FLASHCALL is the launcher, by default this project's.
# shellcheck shell=sh

: "${FLASHCALL:=$(CDPATH='' cd ../.. && pwd -P)/flashcall}"

proves() { printf '  proves: %s\n' "$*"; }
fail() { printf '  FAILED: %s\n' "$*" >&2; exit 1; }
expect() { [ "$1" = "$2" ] || fail "saw '$1' (expected: '$2')"; }
contains() { case $1 in *"$2"*) ;; *) fail "saw '$1' (expected: $2)" ;; esac; }
# The value of a field of the carrier's last line.
saw() { sed -n '$s/.*"'"$1"'":\([0-9]*\).*/\1/p' "$tmp/carrier"; }

tmp=$(mktemp -d)
carrier='' load=''
trap 'kill $carrier $load 2>/dev/null || :; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

# Builds first, so that a slow build is not taken for a carrier that does not start.
"$FLASHCALL" --version >/dev/null

# Starts a carrier on a free port and waits for its line; its address is $trunk.
start_carrier() {
    : >"$tmp/carrier"
    "$FLASHCALL" carrier --listen 127.0.0.1:0 --json "$@" >"$tmp/carrier" 2>"$tmp/carrier.err" &
    carrier=$!
    tries=0
    until grep -q ' on 127' "$tmp/carrier"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] && kill -0 $carrier 2>/dev/null || fail "no carrier: $(cat "$tmp/carrier.err")"
        sleep 0.05
    done
    trunk=$(sed -n '1s/.* on //p' "$tmp/carrier")
}

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
