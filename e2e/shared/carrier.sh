# What the end-to-end scripts share: words for what is proven, and a carrier to call. To be read, not run; the script
# that reads it has set -eu. $FLASHCALL is the launcher.
# shellcheck shell=sh

proves() { printf '  proves: %s\n' "$*"; }
fail() { printf '  FAILED: %s\n' "$*" >&2; exit 1; }
expect() { [ "$1" = "$2" ] || fail "saw '$1' (expected: '$2')"; }
contains() { case $1 in *"$2"*) ;; *) fail "saw '$1' (expected: $2)" ;; esac; }
# The value of a field of the carrier's last line.
saw() { sed -n '$s/.*"'"$1"'":\([0-9]*\).*/\1/p' "$tmp/carrier"; }

tmp=$(mktemp -d)
# Processes of ours, ended with the script: the carrier, a load, a place that rings.
carrier='' load='' ringing=''
trap 'kill $carrier $load $ringing 2>/dev/null || :; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

# Starts a carrier on a free port and waits for its line; its process is $carrier, its address $trunk.
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
