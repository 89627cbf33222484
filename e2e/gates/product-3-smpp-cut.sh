#!/bin/sh
# Gate 3 of the product, in full: for a minute 50 messages a second go to an SMSC, whose link is cut every ten seconds.
# Each message ends as delivered, failed or unknown, and the SMSC is given none twice. Not part of ./flashcall test,
# which takes 6 seconds of it.
set -eu

cd "$(dirname "$0")/../.."
exec mvn -B -ntp -pl server -am test -Dflashcall.gates=full -Dtest=SmppCutGateTest -Dsurefire.failIfNoSpecifiedTests=false
