#!/bin/sh
# Gate 3, in full: 5,000 calls a second for 20 s that ring for 1.5 s, on two idle cores, all ring; and with 10 % of
# datagrams dropped and 10 % doubled both ways every call ends and none stays up. Not part of ./flashcall test.
set -eu

cd "$(dirname "$0")"
. ./common.sh

proves 'at 5,000 a second for 20 s every call rings, and no response is unmatched'
start_carrier --behaviour ring
load --rate 5000 --duration 20s --ring 1500ms
expect "$status" 0
contains "$out" '{"calls":100000,"outcomes":{"rang":{"487":100000}},"refused":{},'
contains "$out" '"unmatched":0,'
stop_carrier
expect "$status" 0
expect "invites $(saw invites), up $(saw up), open $(saw open)" 'invites 100000, up 0, open 0'
contains "$(tail -n 1 "$tmp/carrier")" '"violations":{}'

proves 'with 10 % dropped and 10 % doubled both ways every call ends, none stays up, no rule is broken'
start_carrier --behaviour lossy:drop=0.1,duplicate=0.1,reorder=0,delay=0
load --rate 5000 --duration 20s --ring 1500ms
expect "$status" 0
contains "$out" '{"calls":100000,'
contains "$out" '"refused":{},'
contains "$out" '"unmatched":0,'
stop_carrier
expect "$status" 0
expect "up $(saw up)" 'up 0'
contains "$(tail -n 1 "$tmp/carrier")" '"violations":{}'
