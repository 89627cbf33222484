#!/bin/sh
# Lays the files of the image out below a folder, from a build of ours and the JDK in JAVA_HOME: what the Dockerfile
# copies, what the tests run, and what a machine without containers gets (see docs/operations.md).
#
#   docker/layout.sh DEST [BUILD]      BUILD holds flashcall.jar and lib/ (default: cli/target)
#
#   DEST/opt/flashcall/bin/flashcall   the command
#   DEST/opt/flashcall/runtime         a JVM with the modules that we need, and no others
#   DEST/opt/flashcall/flashcall.jar, lib, native, jvm.options, flashcall.aot, operations.md
#   DEST/etc/flashcall/flashcall.yaml  the configuration, for the operator to replace
#   DEST/var/lib/flashcall             the one folder that the service writes to
set -eu

die() { printf 'layout.sh: %s\n' "$*" >&2; exit 2; }

[ $# -ge 1 ] && [ $# -le 2 ] || die "expected: DEST [BUILD]"
root=$(CDPATH='' cd -- "${0%/*}/.." && pwd -P)
build=${2:-$root/cli/target}
[ -f "$build/flashcall.jar" ] || die "$build/flashcall.jar is missing: build first, say mvn package -pl cli -am"
[ -x "${JAVA_HOME:-}/bin/jlink" ] || die "JAVA_HOME: '${JAVA_HOME:-}' (expected: a JDK with jlink)"
[ ! -e "$1/opt/flashcall" ] || die "$1/opt/flashcall is there already"
mkdir -p "$1"
dest=$(CDPATH='' cd -- "$1" && pwd -P)
home=$dest/opt/flashcall

umask 022
mkdir -p "$home/bin" "$home/native" "$dest/etc/flashcall" "$dest/var/lib/flashcall"
chmod 0750 "$dest/var/lib/flashcall"
cp "$build/flashcall.jar" "$root/docker/jvm.options" "$root/LICENSE" "$home/"
cp -R "$build/lib" "$home/"
cp "$root/docs/operations.md" "$home/"
cp "$root/docker/flashcall.sh" "$home/bin/flashcall"
cp "$root/docker/flashcall.yaml" "$dest/etc/flashcall/"
chmod 0755 "$home/bin/flashcall"

# Modules that no class of ours names, but that are looked up by name: elliptic curves for TLS, the container's limits
# and GC figures for metrics, and jcmd's side of the JVM, for a thread dump at night.
by_name=jdk.crypto.ec,jdk.management,jdk.jcmd
# What classes name: a test compares. Left out are what only parts of libraries want that we do not use: java.desktop
# (java.beans in Jackson) and jdk.sctp (Netty).
by_use=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml
by_use=$by_use,jdk.jfr,jdk.net,jdk.unsupported
"$JAVA_HOME/bin/jlink" --add-modules "$by_use,$by_name" --strip-debug --no-header-files --no-man-pages \
    --compress=zip-6 --output "$home/runtime"

# Native libraries beside the jars, so that nothing is unpacked into /tmp at each start, which may be mounted noexec.
case $(uname -m) in
    x86_64 | amd64) sqlite=x86_64 netty=x86_64 ;;
    aarch64 | arm64) sqlite=aarch64 netty=aarch_64 ;;
    *) die "$(uname -m): no native libraries for it (expected: x86_64 or aarch64)" ;;
esac
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
unpack() {
    jar=$(echo "$home/lib/"$1)
    (cd "$unpacked" && "$JAVA_HOME/bin/jar" xf "$jar" "$2")
    cp "$unpacked/$2" "$home/native/"
}
unpack 'sqlite-jdbc-*.jar' "org/sqlite/native/Linux/$sqlite/libsqlitejdbc.so"
unpack "netty-transport-native-epoll-*-linux-$netty.jar" "META-INF/native/libnetty_transport_native_epoll_$netty.so"

# A cache of loaded classes, which halves the start: recorded with this very JVM. Where it cannot be made, nothing but
# time is lost.
HOME=$unpacked "$home/runtime/bin/java" "@$home/jvm.options" "-XX:AOTCacheOutput=$home/flashcall.aot" \
    "-Dflashcall.home=$home" "-Djava.library.path=$home/native" "-Dorg.sqlite.lib.path=$home/native" \
    "-Djava.io.tmpdir=$unpacked" -cp "$home/flashcall.jar" io.flashcall.cli.Rehearsal </dev/null >"$unpacked/log" 2>&1 || :
[ -s "$home/flashcall.aot" ] || {
    cat "$unpacked/log" >&2
    echo 'layout.sh: no cache of classes could be made; commands start slower without it' >&2
    : >"$home/flashcall.aot"
}
