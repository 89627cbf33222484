#!/bin/sh
# The flashcall command in the layout of the image: the JVM and the jars lie beside it, and nothing is built.
#
# A variable FLASHCALL_…_FILE names a file that holds the value of FLASHCALL_…: how a container's secrets and the
# credentials of systemd come in. FLASHCALL_JAVA_OPTS adds flags for the JVM.
set -eu

home=$(CDPATH='' cd -- "${0%/*}/.." && pwd -P)

for name in $(env | sed -n 's/^\(FLASHCALL_[A-Z0-9_]*\)_FILE=.*/\1/p'); do
    eval "file=\$${name}_FILE"
    value=$(cat "$file") || {
        echo "flashcall: ${name}_FILE: $file cannot be read" >&2
        exit 2
    }
    export "$name=$value"
done

# Of the commands only these live long enough to profit from the JVM's second compiler.
case ${1-} in
    serve | demo | load | load-api | carrier) quick='' ;;
    *) quick='-XX:TieredStopAtLevel=1' ;;
esac
set -f
exec "$home/runtime/bin/java" "@$home/jvm.options" $quick "-XX:AOTCache=$home/flashcall.aot" \
    "-Dflashcall.home=$home" "-Djava.library.path=$home/native" "-Dorg.sqlite.lib.path=$home/native" \
    ${FLASHCALL_JAVA_OPTS-} -cp "$home/flashcall.jar" io.flashcall.cli.Main "$@"
