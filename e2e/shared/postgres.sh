# A PostgreSQL server of a script's own, on loopback and a free port, with its data below $tmp. To be read, not run, after
# carrier.sh. As root it runs as the user postgres, since it refuses to be root.
# shellcheck shell=sh

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
    else
        "$@"
    fi
}

# Its process is $postgres, its port $pg_port, its programs are in $pg_bin. Options are its own.
start_postgres() {
    pg_bin=$(for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/postgres" ] && printf '%s\n' "$folder"
    done | sort -t / -k 5n | tail -n 1)
    [ -n "$pg_bin" ] || pg_bin=$(dirname "$(command -v postgres || fail 'no PostgreSQL server (Debian: postgresql)')")
    # The folder above is this script's alone.
    pg_data=$(as_postgres mktemp -d "${TMPDIR:-/tmp}/flashcall-postgres-XXXXXX")
    pg_port=$((20000 + $$ % 20000))
    (cd "$pg_data" && as_postgres "$pg_bin/initdb" -D "$pg_data/db" -U postgres -A trust -E UTF8 --no-locale -N) \
        >"$tmp/initdb.log" 2>&1 || fail "$(cat "$tmp/initdb.log")"
    # exec, so that the process is the server itself.
    (
        cd "$pg_data"
        if [ "$(id -u)" = 0 ]; then
            set -- setpriv --reuid=postgres --regid=postgres --clear-groups -- \
                "$pg_bin/postgres" -D "$pg_data/db" -p "$pg_port" "$@"
        else
            set -- "$pg_bin/postgres" -D "$pg_data/db" -p "$pg_port" "$@"
        fi
        exec "$@" -c listen_addresses=127.0.0.1 -c unix_socket_directories=
    ) >"$tmp/postgres.log" 2>&1 &
    postgres=$!
    tries=0
    until "$pg_bin/pg_isready" -q -h 127.0.0.1 -p "$pg_port"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] && kill -0 $postgres 2>/dev/null || fail "no PostgreSQL: $(tail "$tmp/postgres.log")"
        sleep 0.05
    done
}

stop_postgres() {
    [ -n "${postgres-}" ] || return 0
    kill -INT "$postgres" 2>/dev/null || :
    wait "$postgres" 2>/dev/null || :
    rm -rf "$pg_data"
}

# One answer of the database flashcall.
query() { "$pg_bin/psql" -h 127.0.0.1 -p "$pg_port" -U postgres -d flashcall -Atc "$1"; }
