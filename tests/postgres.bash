# For tests with real PostgreSQL servers: `load postgres`. Each server has a name
# and a folder of its own with its data, its log and a Unix socket, and listens on
# no TCP port unless asked. It runs as the user postgres if the tests run as root,
# because PostgreSQL refuses to. Call postgres_teardown in teardown.
# shellcheck disable=SC2154 # bats sets some variables
pg_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)
pg_bin=${P1_POSTGRES_BIN:-$(dirname "$pg_bin")}
pg_root= # the folder of all servers of this test

# A test that cannot find PostgreSQL is skipped.
postgres_setup() {
	[ -x "$pg_bin/initdb" ] || skip "postgresql is not installed"
	pg_root=$(mktemp -d /tmp/p1pg.XXXXXX) # short: a socket's path has 107 bytes
	[ "$EUID" -ne 0 ] || chown postgres: "$pg_root"
	chmod 755 "$pg_root"
	export PGDATABASE=fleet PGUSER=postgres PGCONNECT_TIMEOUT=30
	unset PGHOST PGPORT PGPASSWORD PGSERVICE PGOPTIONS
}

# Run a command as the user who owns the servers.
as_postgres() { # COMMAND...
	if [ "$EUID" -eq 0 ]; then
		(cd / && runuser -u postgres -- "$@" 3>&-)
	else
		"$@" 3>&-
	fi
}

# Make a server, start it, and make the empty database `fleet` in it. Everybody may
# log in with any name over the socket. psql and p1pg talk to it: PGHOST is set.
postgres_new() { # NAME [SETTING...]: lines of postgresql.conf
	local data=$pg_root/$1/data

	as_postgres mkdir -m 755 "$pg_root/$1"
	as_postgres "$pg_bin/initdb" --no-sync -D "$data" -U postgres \
		--auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$pg_root/initdb.log" 2>&1 ||
		{ cat "$pg_root/initdb.log"; return 1; }
	as_postgres tee -a "$data/postgresql.conf" >/dev/null <<-END
		listen_addresses = ''
		unix_socket_directories = '$pg_root/$1'
		fsync = off
		shared_buffers = 64MB
		max_connections = 50
		log_line_prefix = '%m %u '
		$(printf '%s\n' "${@:2}")
	END
	postgres_start "$1"
	export PGHOST=$pg_root/$1
	psql -qX -d postgres -c "CREATE DATABASE fleet"
}

postgres_start() { # NAME: and wait until it accepts connections
	as_postgres "$pg_bin/pg_ctl" start -D "$pg_root/$1/data" -w -t 60 -s \
		-l "$pg_root/$1/log" >/dev/null
}

postgres_stop() { # NAME [MODE]: smart, fast (the default) or immediate
	as_postgres "$pg_bin/pg_ctl" stop -D "$pg_root/$1/data" -w -t 60 -s \
		-m "${2:-fast}"
}

# Kill the server and all its processes as a power cut would. The next start
# recovers from its log.
postgres_kill() { # NAME
	local head

	head=$(sed 1q "$pg_root/$1/data/postmaster.pid")
	mapfile -t pids < <(ps -o pid= --ppid "$head")
	kill -KILL "$head" "${pids[@]}" 2>/dev/null || true
	wait_for postgres_is_gone "$head" "${pids[@]}"
}

postgres_is_gone() { # PID...
	local pid

	for pid; do
		! kill -0 "$pid" 2>/dev/null || return 1
	done
}

# Print what a query gives, fields separated by "|". Fails on any error.
sql() { # [PSQL-OPTION...] QUERY
	psql -qAtX -v ON_ERROR_STOP=1 "${@:1:$#-1}" -c "${*: -1}"
}

# Install the schema, as p1pg --init does.
fleet_schema() {
	(cd "$BATS_TEST_DIRNAME/../fleet" && psql -qX -v ON_ERROR_STOP=1 -1 -o /dev/null \
		-f schema.sql -f store.sql -f views.sql -f access.sql)
}

postgres_teardown() {
	local name

	[ -n "$pg_root" ] || return 0
	for name in "$pg_root"/*/data; do
		name=$(basename "$(dirname "$name")")
		echo "log of $name:"
		tail -n 40 "$pg_root/$name/log" 2>/dev/null || true
		postgres_stop "$name" immediate 2>/dev/null || true
	done
	rm -rf "$pg_root"
}
