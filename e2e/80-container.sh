#!/bin/sh
# What a container would hold and run, without an engine for containers: the image's own layout with a read-only root,
# as its unprivileged user; and compose file, alert rules and systemd unit before their own judges.
set -eu

. "${0%/*}/shared/carrier.sh"
root=${FLASHCALL%/*}
docker=$root/docker
image=$tmp/image
service=''
stop_all() {
    kill $carrier $service 2>/dev/null || :
    # Waits until it is gone, so that it writes nothing more where things are removed.
    if [ -f "$tmp/database/postmaster.pid" ]; then
        database pg_ctl -D "$tmp/database" -m immediate -w -s stop >/dev/null 2>&1 || :
    fi
    chmod -R u+w "$tmp"
    rm -rf "$tmp"
}
trap stop_all EXIT

proves 'the image has a layout with a runtime of its own, whose cache of classes fits wherever it is copied'
run=$root/cli/target/run
JAVA_HOME=${JAVA_HOME:?} "$docker/layout.sh" "$tmp/made" "$run/$(cat "$run/stamp")" 2>"$tmp/err" || fail "$(cat "$tmp/err")"
expect "$(cat "$tmp/err")" ''
mv "$tmp/made" "$image"
flashcall=$image/opt/flashcall/bin/flashcall
contains "$(FLASHCALL_JAVA_OPTS=-XX:AOTMode=on "$flashcall" --version 2>&1)" 'flashcall '

proves 'the runtime has every module that a class of ours or of a library names, but for those that layout.sh leaves out'
"$image/opt/flashcall/runtime/bin/java" --list-modules | sed 's/@.*//' >"$tmp/modules"
"$JAVA_HOME/bin/java" "$root/e2e/shared/UsedModules.java" "$image"/opt/flashcall/*.jar "$image"/opt/flashcall/lib/*.jar \
    >"$tmp/used" 2>"$tmp/err" || fail "$(cat "$tmp/err")"
contains "$(cat "$tmp/used")" java.net.http
while read -r module class; do
    case $module in java.desktop | jdk.sctp) continue ;; esac
    grep -qx "$module" "$tmp/modules" || fail "$module is missing: $class (add it to docker/layout.sh, or say why not)"
done <"$tmp/used"
expect "$(grep -c -e java.desktop -e jdk.compiler "$tmp/modules")" 0
expect "$(find "$image" ! -type l -perm /022)" ''

# The configuration of the image, but for addresses: everything stays on loopback.
sed -i -e 's/^listen:.*/listen: 127.0.0.1:0/' -e 's/local: .*:5060/local: 127.0.0.1:0/' "$image/etc/flashcall/flashcall.yaml"
config=/etc/flashcall/flashcall.yaml
user=10001

# Runs a command of the image. Root has a name space of mounts for it, with the image's paths, nothing but its state
# writable, and /tmp not executable. Anybody else runs it in place, where nothing but its state is writable either.
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
    chown $user:$user "$image/var/lib/flashcall"
    mkdir "$tmp/root"
    chmod 755 "$tmp"
    cat >"$tmp/enter" <<'END'
set -eu
root=$1 image=$2 user=$3
shift 3
mount -t tmpfs -o mode=755 none "$root"
cd "$root"
for part in /bin /lib /lib64 /usr; do
    if [ -L "$part" ]; then cp -P "$part" .; elif [ -d "$part" ]; then mkdir ".$part" && mount --rbind "$part" ".$part"; fi
done
mkdir -p dev proc tmp var/lib/flashcall opt/flashcall etc/flashcall
cp /etc/hosts /etc/passwd /etc/nsswitch.conf etc/ 2>/dev/null || :
for device in null random urandom; do : >"dev/$device" && mount --bind "/dev/$device" "dev/$device"; done
mount -t proc none proc
for part in opt/flashcall etc/flashcall; do mount --bind -o ro "$image/$part" "$part"; done
mount --bind "$image/var/lib/flashcall" var/lib/flashcall
mount -t tmpfs -o mode=1777,noexec,nosuid,nodev none tmp
mount -o remount,ro none "$root"
exec chroot "$root" setpriv --reuid $user --regid $user --clear-groups --no-new-privs --bounding-set=-all "$@"
END
    enter() {
        exec unshare -m --propagation private env -u JAVA_HOME HOME=/var/lib/flashcall sh "$tmp/enter" "$tmp/root" "$image" $user \
            /opt/flashcall/bin/flashcall "$@"
    }
    alone=yes
else
    user=$(id -u)
    config=$image$config
    chmod -R a-w "$image/opt" "$image/etc"
    enter() { exec "$flashcall" "$@"; }
    alone=''
fi
inside() { (enter "$@"); }

# The database of the compose file, on a free port of this machine: $port.
start_database() {
    programs=$(find /usr/lib/postgresql/*/bin -name initdb | sort -V | tail -1)
    programs=${programs%/initdb}
    owner=$user
    database() { "$programs/$@"; }
    if [ "$(id -u)" = 0 ]; then
        owner=postgres
        database() { setpriv --reuid postgres --regid postgres --clear-groups -- "$programs/$@"; }
    fi
    mkdir "$tmp/database"
    openssl rand -hex 24 >"$tmp/password"
    chown $owner "$tmp/database" "$tmp/password"
    database initdb -D "$tmp/database" -U flashcall --pwfile "$tmp/password" --auth scram-sha-256 --no-sync -E UTF8 \
        >"$tmp/out" 2>&1 || fail "$(cat "$tmp/out")"
    port=$((20000 + $$ % 10000))
    until database pg_ctl -D "$tmp/database" -w -s -l "$tmp/database/log" \
        -o "-h 127.0.0.1 -p $port -k $tmp/database -F" start >"$tmp/out" 2>&1; do
        port=$((port + 1))
        [ $port -lt 30100 ] || fail "no database: $(cat "$tmp/database/log")"
    done
    PGPASSWORD=$(cat "$tmp/password") "$programs/psql" -q -h 127.0.0.1 -p $port -U flashcall -d postgres \
        -c 'CREATE DATABASE flashcall' || fail 'no database could be made'
}
start_database
sed -i "s#//postgres:5432/#//127.0.0.1:$port/#" "$image/etc/flashcall/flashcall.yaml"
touch "$tmp/before"

start_carrier --handsets 127.0.0.1:0
handsets=$(sed -n 's/^handsets on //p' "$tmp/carrier")
openssl rand -base64 32 >"$tmp/master_key"
FLASHCALL_MASTER_KEY=$(cat "$tmp/master_key")
FLASHCALL_DATABASE_PASSWORD=$(cat "$tmp/password")
FLASHCALL_TRUNK=$trunk
FLASHCALL_SIP_ADDRESS=127.0.0.1
FLASHCALL_FLASH_CALLS_ALLOWED=true
export FLASHCALL_MASTER_KEY FLASHCALL_DATABASE_PASSWORD FLASHCALL_TRUNK FLASHCALL_SIP_ADDRESS FLASHCALL_FLASH_CALLS_ALLOWED

proves 'it serves as an unprivileged user without capabilities, on a root that it cannot write to'
: >"$tmp/serve"
enter serve --config $config >"$tmp/serve" 2>"$tmp/serve.err" &
service=$!
tries=0
until grep -q '^flashcall ready on ' "$tmp/serve"; do
    tries=$((tries + 1))
    [ $tries -lt 1200 ] && kill -0 $service 2>/dev/null || fail "no service: $(cat "$tmp/serve.err")"
    sleep 0.05
done
url=$(sed -n 's/^flashcall ready on //p' "$tmp/serve")
expect "$(sed -n 's/^Uid:.//p' /proc/$service/status)" "$(printf "$user\t$user\t$user\t$user")"
if [ "$alone" ]; then
    expect "$(sed -n -e '/^CapEff/p' -e '/^CapBnd/p' -e '/^NoNewPrivs/p' /proc/$service/status | tr '\n\t' '  ')" \
        'CapEff: 0000000000000000 CapBnd: 0000000000000000 NoNewPrivs: 1 '
    # Nothing is unpacked and loaded from where it can write.
    expect "$(ls "/proc/$service/root/tmp" | grep -v '^hsperfdata_')" ''
fi
contains "$(grep -o '/opt/flashcall/native/libnetty_transport_native_epoll.*' /proc/$service/maps)" .so

proves 'health says that it is ready, in a time that a health check has, and what is not answers 1'
expect "$(inside health --url "$url")" ready
status=0
inside health --url http://127.0.0.1:9 >"$tmp/out" 2>&1 || status=$?
expect "$status" 1

proves 'a number is verified with it, over the numbers and the app of its sample configuration'
key=$(inside keys create --scope server --app shop --config $config)
ask() {
    path=$1
    shift
    curl -s "$url/v1/verifications$path" -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "$@"
}
started=$(ask '' -d '{"to":"+441614960123"}')
id=$(printf '%s' "$started" | sed -n 's/.*"id":"\(ver_[^"]*\)".*/\1/p')
from=$(curl -s "$handsets/handsets/+441614960123/next?wait=10s" | sed 's/.*"from":"\([^"]*\)".*/\1/')
contains "$(ask "/$id/check" -d "{\"code\":\"${from#?????????}\"}")" '"status":"verified"'
contains "$(curl -s "$url/metrics")" 'flashcall_ready 1'

proves 'SIGTERM ends it with 0, and nothing but its state was written to'
kill -TERM $service
status=0
wait $service || status=$?
service=''
expect "$status" 0
expect "$(find "$image" -newer "$tmp/before" ! -path "$image/var/lib/flashcall*")" ''

proves 'a secret comes from a file as well, and one that is missing ends it with 2'
unset FLASHCALL_MASTER_KEY
if [ "$alone" ]; then install -o $user -m 0400 "$tmp/master_key" "$image/var/lib/flashcall/master_key"; fi
secret=${alone:+/var/lib/flashcall/master_key}
FLASHCALL_MASTER_KEY_FILE=${secret:-$tmp/master_key}
export FLASHCALL_MASTER_KEY_FILE
contains "$(inside keys list --config $config)" shop
status=0
FLASHCALL_MASTER_KEY_FILE=/nowhere inside keys list --config $config >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status" 2
contains "$(cat "$tmp/err")" 'FLASHCALL_MASTER_KEY_FILE: /nowhere cannot be read'

proves 'one node can do with a file in its state, and SQLite too is loaded from where nothing can be written'
state=${alone:+/var/lib/flashcall}
state=${state:-$image/var/lib/flashcall}
chmod -R u+w "$image/etc"
sed -i -e "s#^  url: .*#  path: $state/flashcall.db#" -e '/^  user: flashcall$/d' -e '/^  password: /d' \
    "$image/etc/flashcall/flashcall.yaml"
key=$(inside keys create --scope server --app shop --config $config)
contains "$key" fc_srv_
contains "$(ls "$image/var/lib/flashcall")" flashcall.db
unset FLASHCALL_MASTER_KEY_FILE

proves 'the compose file keeps its schema, and says which secret is missing'
compose() {
    if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}
sed 's/=$/=a/' "$docker/env.sample" >"$tmp/env"
compose --env-file "$tmp/env" -f "$docker/compose.yaml" config >"$tmp/compose" 2>"$tmp/err" || fail "$(cat "$tmp/err")"
contains "$(cat "$tmp/compose")" 'no-new-privileges:true'
for name in $(sed -n 's/^\([A-Z_]*\)=$/\1/p' "$docker/env.sample"); do
    sed "/^$name=/d" "$tmp/env" >"$tmp/env.less"
    if (unset "$name"; compose --env-file "$tmp/env.less" -f "$docker/compose.yaml" config -q 2>"$tmp/err"); then
        fail "compose does without $name"
    fi
    contains "$(cat "$tmp/err")" "$name"
done

proves 'the alert rules are rules, and each fires when it should'
promtool check config "$docker/prometheus.yml" >"$tmp/out" 2>&1 || fail "$(cat "$tmp/out")"
promtool test rules "$docker/alerts-test.yml" >"$tmp/out" 2>&1 || fail "$(cat "$tmp/out")"
for alert in $(sed -n 's/^ *- alert: //p' "$docker/alerts.yml"); do
    grep -q "alertname: $alert\$" "$docker/alerts-test.yml" || fail "no test sees $alert firing"
done

proves 'every expression of the dashboard is PromQL'
grep -o '"expr": "\(\\.\|[^"\]\)*"' "$docker/grafana/dashboards/flashcall.json" >"$tmp/expressions"
{
    echo 'groups: [{name: dashboard, rules: ['
    sed -e 's/\$__rate_interval/5m/g' -e 's/^"expr": \(.*\)/{record: "a:b", labels: {x: "LINE"}, expr: \1},/' "$tmp/expressions" |
        awk '{ sub(/LINE/, NR) } { print }'
    echo ']}]'
} >"$tmp/dashboard.yml"
promtool check rules "$tmp/dashboard.yml" >"$tmp/out" 2>&1 || fail "$(cat "$tmp/out")"
contains "$(cat "$tmp/out")" "$(grep -c . "$tmp/expressions") rules found"

proves 'systemd knows every line of its unit, and finds little to expose'
unit=$tmp/flashcall.service
sed "s#=/opt/flashcall/bin#=$image/opt/flashcall/bin#" "$root/conf/systemd/flashcall.service" >"$unit"
systemd-analyze verify --recursive-errors=no --man=no "$unit" 2>"$tmp/err" || fail "$(cat "$tmp/err")"
expect "$(cat "$tmp/err")" ''
systemd-analyze security --offline=true --threshold=20 --no-pager "$unit" >"$tmp/out" 2>&1 || fail "$(tail -1 "$tmp/out")"

proves 'the carrier saw no rule broken'
kill -TERM $carrier
status=0
wait $carrier || status=$?
carrier=''
expect "$status: $(cat "$tmp/carrier.err")" '0: '
