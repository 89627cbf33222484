#!/bin/sh
# The launcher: with a stand-in for Maven and the JDK, so that each case takes milliseconds, then the real command.
set -eu

proves() { printf '  proves: %s\n' "$*"; }
fail() { printf '  FAILED: %s\n' "$*" >&2; exit 1; }
contains() { case $1 in *"$2"*) ;; *) fail "saw '$1' (expected: $2)" ;; esac; }
expect() { [ "$1" = "$2" ] || fail "saw '$1' (expected: '$2')"; }

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
house="$tmp/a house"
tools="$tmp/tools"
mkdir -p "$house/cli/src/main" "$tools" "$tmp/jdks/old/bin" "$tmp/jdks/new one/bin" "$tmp/with-maven"
cp "$FLASHCALL" "$house/flashcall"
touch "$house/pom.xml" "$house/cli/pom.xml" "$house/cli/src/main/Source.java"
for tool in cat cp date find flock grep ln mkdir mv readlink rm sed sh sleep touch; do
    ln -s "$(command -v $tool)" "$tools/$tool"
done

cat >"$tmp/with-maven/mvn" <<'END'
#!/bin/sh
echo build >>builds
if grep -q broken cli/src/main/*.java; then echo '[ERROR] Source.java:[1,1] broken'; exit 1; fi
sleep 0.2
mkdir -p cli/target/lib
touch cli/target/flashcall.jar cli/target/lib/other.jar
END
for jdk in old 'new one'; do
    for program in java javac; do
        printf '#!/bin/sh\necho "%s: $*"\n' "$jdk" >"$tmp/jdks/$jdk/bin/$program"
        chmod +x "$tmp/jdks/$jdk/bin/$program"
    done
done
chmod +x "$tmp/with-maven/mvn"
echo 'JAVA_VERSION="17.0.15"' >"$tmp/jdks/old/release"
printf 'JAVA_VERSION="25.0.3"\nJAVA_RUNTIME_VERSION="25.0.3+9"\n' >"$tmp/jdks/new one/release"

# Runs a launcher where only our tools and JDKs are to be found.
alone() {
    env -i PATH="${with_maven:+$tmp/with-maven:}$tools" HOME="$tmp" FLASHCALL_JDKS="${jdks:-$tmp/jdks}" \
        ${java_home:+JAVA_HOME="$java_home"} "$@" >"$tmp/out" 2>"$tmp/err"
}
builds() { grep -c build "$house/builds"; }
# The launcher compares times, and file systems differ in how finely they keep them.
tick() { sleep 0.05; }

proves 'without a JDK it says in one line what to install'
jdks="$tmp/none" alone "$house/flashcall" --version && fail 'it ran without a JDK'
expect "$(cat "$tmp/err")" 'flashcall: install a JDK 25 or newer (say Eclipse Temurin 25), or set JAVA_HOME to one'

proves 'without Maven it says so in one line, and only when it must build'
alone "$house/flashcall" --version && fail 'it ran without a build'
expect "$(cat "$tmp/err")" \
    'flashcall: install Maven 3.8 or newer (Debian: apt-get install maven): the first use builds'

proves 'two first uses at once build once, and both run'
with_maven=yes
alone "$house/flashcall" first &
first=$!
env -i PATH="$tmp/with-maven:$tools" FLASHCALL_JDKS="$tmp/jdks" "$house/flashcall" second >"$tmp/out2" 2>&1 ||
    fail "$(cat "$tmp/out2")"
wait "$first" || fail "$(cat "$tmp/err")"
expect "$(builds)" 1
grep -q 'io.flashcall.cli.Main first' "$tmp/out" || fail "$(cat "$tmp/out")"
grep -q 'io.flashcall.cli.Main second' "$tmp/out2" || fail "$(cat "$tmp/out2")"

proves 'a JAVA_HOME that is too old is passed over, spaces in any path are no matter, and building is quiet'
with_maven='' java_home="$tmp/jdks/old" alone "$house/flashcall" 'two words' '*'
grep -q '^new one: .*io.flashcall.cli.Main two words \*$' "$tmp/out" || fail "$(cat "$tmp/out")"
expect "$(cat "$tmp/err")" ''

proves 'it runs from any folder and through a symlink'
ln -s "a house/flashcall" "$tmp/link"
ln -s "$tmp/link" "$tmp/tools/fc"
(cd / && alone fc there) || fail "$(cat "$tmp/err")"
expect "$(builds)" 1

proves 'a changed, a new and a deleted source each cause one build'
for change in 'touch Source.java' 'touch New.java' 'rm New.java'; do
    before=$(builds)
    tick
    (cd "$house/cli/src/main" && $change)
    alone "$house/flashcall" x
    alone "$house/flashcall" x
    expect "$(builds)" $((before + 1))
done

proves 'a compile error is shown, ends with 2, and is tried again'
tick
echo broken >"$house/cli/src/main/Source.java"
status=0
alone "$house/flashcall" x || status=$?
expect "$status" 2
grep -q 'Source.java:\[1,1\] broken' "$tmp/err" || fail "$(cat "$tmp/err")"
expect "$(cat "$tmp/out")" ''
echo mended >"$house/cli/src/main/Source.java"
alone "$house/flashcall" x || fail "$(cat "$tmp/err")"

proves 'a build leaves no more than its predecessor behind'
expect "$(find "$house/cli/target/run" -name flashcall.jar | grep -c .)" 2

proves 'test names each missing package, in one line, before anything is built'
with_maven='' alone "$house/flashcall" test && fail 'it tested without its tools'
eval "$(awk "/^test_tools='/ { on = 1 } on { print } on && /'\$/ { exit }" "$FLASHCALL")"
# What stands with its own path is there whatever the path is: other tests of this run need it.
path_tools=$(for tool in $test_tools; do case $tool in /*) ;; *) echo "$tool" ;; esac; done)
packages=$(for tool in $path_tools; do printf ' %s' "${tool#*:}"; done)
contains "$packages" ' maven sip-tester'
expect "$(cat "$tmp/err")" \
    "flashcall: the tests need$packages: run ./flashcall test --install, or apt-get install$packages"

proves 'test --install installs them, then runs Maven and each script, and names the script that fails'
mkdir "$house/e2e" "$tmp/installed"
cat >"$tmp/tools/apt-get" <<'END'
#!/bin/sh
echo "apt-get $*"
case $* in *install*) for tool in $TOOLS; do cp "$STAND_IN" "$INSTALLED/$tool"; done ;; esac
END
chmod +x "$tmp/tools/apt-get"
for tool in env id; do ln -s "$(command -v $tool)" "$tools/$tool"; done
printf '#!/bin/sh\necho one\n' >"$house/e2e/1-good.sh"
printf '#!/bin/sh\necho two\nexit 7\n' >"$house/e2e/2-bad.sh"
chmod +x "$house"/e2e/*.sh
before=$(builds)
status=0
env -i PATH="$tmp/installed:$tools" FLASHCALL_JDKS="$tmp/jdks" STAND_IN="$tmp/with-maven/mvn" \
    INSTALLED="$tmp/installed" TOOLS="$(for tool in $path_tools; do echo "${tool%%:*}"; done)" \
    "$house/flashcall" test --install >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status" 1
expect "$(cat "$tmp/out")" "apt-get -q update
apt-get -q install -y --no-install-recommends$packages
one
two"
expect "$(cat "$tmp/err")" 'flashcall: e2e/1-good.sh
flashcall: e2e/2-bad.sh
flashcall: e2e/2-bad.sh failed'
expect "$(builds)" $((before + 1))

proves 'the real command prints results on stdout, and bad usage on stderr with exit code 2'
"$FLASHCALL" --version >"$tmp/out" 2>"$tmp/err"
grep -q '^flashcall [0-9].*, Java [0-9]' "$tmp/out" || fail "$(cat "$tmp/out")"
expect "$(cat "$tmp/err")" ''
status=0
"$FLASHCALL" no-such-command >"$tmp/out" 2>"$tmp/err" || status=$?
expect "$status" 2
expect "$(cat "$tmp/out")" ''
grep -q no-such-command "$tmp/err" || fail "$(cat "$tmp/err")"

proves 'a damaged start-up cache does no harm'
run=${FLASHCALL%/*}/cli/target/run
cache=$(echo "$run/$(cat "$run/stamp")"/*.aot)
mv "$cache" "$tmp/cache"
echo junk >"$cache"
"$FLASHCALL" --version >"$tmp/out" 2>"$tmp/err" || fail "$(cat "$tmp/err")"
head -c 5000000 "$tmp/cache" >"$cache"
"$FLASHCALL" --version >>"$tmp/out" 2>>"$tmp/err" || fail "$(cat "$tmp/err")"
mv "$tmp/cache" "$cache"
expect "$(grep -c '^flashcall' "$tmp/out")" 2
expect "$(cat "$tmp/err")" ''
