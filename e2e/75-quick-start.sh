#!/bin/sh
# The programs that the documentation shows, as they stand there: each must do what its page says.
set -eu

. "${0%/*}/shared/carrier.sh"
docs=$(CDPATH='' cd -- "${0%/*}/../docs" && pwd -P)
demo=''
trap 'kill $demo 2>/dev/null || :; rm -rf "$tmp"' EXIT

# Writes the program that follows its mark in a page.
program() {
    awk -v mark="<!-- e2e: $2 -->" '$0 == mark { on = 1; next } on && /^```$/ { exit } on && !/^```/ { print }' \
        "$docs/$1" >"$tmp/$2"
    grep -q . "$tmp/$2" || fail "$1 shows no $2"
}

java=$JAVA_HOME/bin/java

"$FLASHCALL" demo --port 0 >"$tmp/demo" 2>"$tmp/demo.err" &
demo=$!
tries=0
until grep -q 'FLASHCALL_KEY=' "$tmp/demo"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] && kill -0 $demo 2>/dev/null || fail "no demo: $(cat "$tmp/demo" "$tmp/demo.err")"
    sleep 0.05
done
FLASHCALL_KEY=$(sed -n 's/^  server key *//p' "$tmp/demo")
FLASHCALL_URL=$(sed -n 's/^flashcall ready on //p' "$tmp/demo")
export FLASHCALL_KEY FLASHCALL_URL
phones=$(sed -n 's/^   curl -s \(http.*\)\/inbox.*/\1/p' "$tmp/demo")

# Runs a program that verifies a number, types what that number's phone shows, and expects it to say so.
verifies() {
    number=$1
    shift
    mkfifo "$tmp/keys"
    "$@" "$number" <"$tmp/keys" >"$tmp/out" 2>"$tmp/err" &
    program=$!
    exec 3>"$tmp/keys"
    tries=0
    until code=$(curl -s "$phones/handsets/$number" | grep -o '"from":"+[0-9]*' | grep -o '[0-9]\{4\}$'); do
        tries=$((tries + 1))
        [ $tries -lt 400 ] || fail "nobody called $number: $(cat "$tmp/err")"
        sleep 0.05
    done
    printf '%s\n' "$code" >&3
    exec 3>&-
    wait $program || fail "$(cat "$tmp/out" "$tmp/err")"
    rm "$tmp/keys"
    contains "$(cat "$tmp/out")" "$number is verified"
}

proves 'the quick start in Java verifies a number'
program quick-start.md Verify.java
verifies +441614960125 "$java" "$tmp/Verify.java"

proves 'the quick start in JavaScript verifies a number'
program quick-start.md verify.mjs
verifies +441614960126 node "$tmp/verify.mjs"

# The specification's own example.
secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
id=msg_p5jXN8AQM9LWM0D4loKWxJek
at=1614265330
signature=v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=

proves 'the recipe in Java knows what is genuine'
program webhooks.md Genuine.java
genuine() { printf '%s' "$2" | "$java" "$tmp/Genuine.java" $secret $id $at "v1,AAAA $signature" "$1"; }
expect "$(genuine $at '{"test": 2432232314}')" true
expect "$(genuine $at '{"test": 2432232315}')" false
expect "$(genuine $((at + 301)) '{"test": 2432232314}')" false

proves 'the recipe in JavaScript knows what is genuine'
program webhooks.md genuine.mjs
cat >"$tmp/check.mjs" <<CHECK
import { isGenuine } from "./genuine.mjs";
const headers = { "webhook-id": "$id", "webhook-timestamp": "$at", "webhook-signature": "v1,AAAA $signature" };
const check = (body, now) => isGenuine("$secret", headers, Buffer.from(body), now);
console.log(check('{"test": 2432232314}', $at), check('{"test": 2432232315}', $at), check('{"test": 2432232314}', $at + 301));
CHECK
expect "$(node "$tmp/check.mjs")" 'true false false'
