#!/bin/sh
# place rings a phone that we did not write, baresip, through proxies that we did not write, Kamailio: with digest, and
# through a trunk that registers, over UDP, TCP and TLS. Then what --trace shows of TLS.
set -eu

. "${0%/*}/shared/carrier.sh"
network=''
trap 'kill $network 2>/dev/null || :; rm -rf "$tmp"' EXIT

caller=+12025550123

# The launcher builds what is to run; its main class is not the one that is needed here.
"$FLASHCALL" --version >/dev/null
home=${FLASHCALL%/*}
read -r build <"$home/cli/target/run/stamp"
java=java
[ -z "${JAVA_HOME-}" ] || java=$JAVA_HOME/bin/java

# The value of a field of the line that tells where the network is; the phone may have seen things before that.
place_of() { sed -n '/"kamailio":/s/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$tmp/network"; }

# Kamailio and baresip, with an algorithm; what the phone sees stands in $tmp/network.
start_network() {
    : >"$tmp/network"
    "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$home/cli/target/run/$build/flashcall.jar" \
        io.flashcall.testbed.peers.PhoneNetworkMain udp "$1" 100 >"$tmp/network" 2>"$tmp/network.err" &
    network=$!
    tries=0
    until grep -q '"kamailio"' "$tmp/network"; do
        tries=$((tries + 1))
        [ $tries -lt 800 ] && kill -0 $network 2>/dev/null || fail "no network: $(cat "$tmp/network.err")"
        sleep 0.05
    done
    phone=$(place_of phone)
    place_of password | tr -d '\n' >"$tmp/password"
    {
        echo 'user_agents: {local: "127.0.0.1:0"}'
        echo 'trunks:'
        for transport in udp tcp tls; do
            entry $transport "$(place_of $transport)" ''
            entry members-$transport "$(place_of members_$transport)" "registration: {user: \"$(place_of user)\"}"
        done
    } >"$tmp/engine.yaml"
}

stop_network() {
    kill -TERM $network
    wait $network || :
    network=''
}

# A trunk of the configuration: name, address, what else it wants.
entry() {
    cat <<END
  $1:
    target: "$2;transport=${1#members-}"
    auth: {username: "$(place_of user)", password_file: "$tmp/password"}
    tls: {trust_store: "$(place_of authority)", server_name: "$(place_of realm)"}
    caller_ids: ["$caller"]
    flash_calls_allowed: true
    $3
END
}

# Rings the phone through a trunk. What place shows of the wire is in $tmp/trace, of the call in $tmp/out.
ring() {
    status=0
    LC_ALL=C.UTF-8 timeout 30 "$FLASHCALL" place --from $caller --to "$phone" --config "$tmp/engine.yaml" \
        --trunk "$1" --ring 200ms --json --trace >"$tmp/out" 2>"$tmp/trace" || status=$?
    [ $status = 0 ] || fail "$1: $(cat "$tmp/out" "$tmp/trace")"
    contains "$(cat "$tmp/out")" '"outcome":"rang","caller_id_shown":true,"status":487'
    missed "$(sed 's/.*"call_id":"\([^"]*\)".*/\1/' "$tmp/out")"
}

# The phone saw that call come in from our number, and go without an answer.
missed() {
    tries=0
    until grep '"CALL_CLOSED"' "$tmp/network" | grep -q "$1"; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || fail "the phone has not missed $1: $(cat "$tmp/network")"
        sleep 0.05
    done
    grep '"CALL_INCOMING"' "$tmp/network" | grep "$1" | grep -q '"incoming":true,"peer":"'$caller'"' ||
        fail "the phone does not show $caller: $(cat "$tmp/network")"
    if grep '"CALL_ESTABLISHED"' "$tmp/network" | grep -q "$1"; then fail "the phone has answered $1"; fi
}

# Each of these stands in what was sent or received.
traced() {
    for text; do
        grep -qF -- "$text" "$tmp/trace" || fail "no '$text' in $(cat "$tmp/trace")"
    done
}

for algorithm in MD5 SHA-256; do
    start_network $algorithm
    proves "a phone misses a call through $(place_of kamailio) and $(place_of baresip), digest $algorithm, record-routed"
    for transport in udp tcp tls; do
        ring $transport
        traced "407 Proxy Authentication Required" "algorithm=$algorithm" 'Record-Route: <sip:127.0.0.1'
        printf '    %s\n' $transport
    done

    if [ $algorithm = MD5 ]; then
        proves 'of TLS --trace shows the plain ladder and whole messages'
        ladder=$(grep -v '^ *[A-Z][A-Za-z-]*: ' "$tmp/trace")
        for line in "INVITE $phone" '407 Proxy Authentication Required' '180 Ringing' 'CANCEL' '(CANCEL)' '487 Request Terminated' 'ACK '
        do
            contains "$ladder" "$line"
        done
        traced "INVITE sip:$phone@127.0.0.1" 'Via: SIP/2.0/TLS 127.0.0.1:' 'Proxy-Authorization: Digest username=' \
            'Call-ID: ' 'm=audio ' 'CSeq: 2 CANCEL' 'SIP/2.0 487 '
    fi

    proves "and through a trunk that registers, digest $algorithm: place waits for that; the Service-Route is followed"
    for transport in udp tcp tls; do
        ring members-$transport
        traced 'REGISTER sip:127.0.0.1:' '401 Unauthorized' "algorithm=$algorithm" 'Service-Route: <sip:127.0.0.1' \
            'Route: <sip:127.0.0.1'
        if grep -q 'Not registered' "$tmp/trace"; then fail "it did not wait: $(cat "$tmp/trace")"; fi
        printf '    %s\n' $transport
    done

    proves 'where nobody registers such calls are refused'
    sed 's/registration: .*//' "$tmp/engine.yaml" >"$tmp/unregistered.yaml"
    status=0
    timeout 30 "$FLASHCALL" place --from $caller --to "$phone" --config "$tmp/unregistered.yaml" --trunk members-udp \
        --json >"$tmp/out" 2>&1 || status=$?
    expect $status 1
    contains "$(cat "$tmp/out")" '"status":403'
    stop_network
done
