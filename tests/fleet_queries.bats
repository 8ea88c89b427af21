#!/usr/bin/env bats
# bats file_tags=plain
# docs/fleet.md: each of its queries, on one server and on three, and its pgbouncer.
# shellcheck disable=SC2154,SC2030,SC2031 # the helpers' variables
bats_require_minimum_version 1.5.0
load helper
load postgres
load fleet_server

setup() {
	postgres_setup
	cd "$BATS_TEST_TMPDIR" || return
	page=$BATS_TEST_DIRNAME/../docs/fleet.md
}

teardown() {
	[ -z "${bouncer-}" ] || kill "$bouncer" 2>/dev/null || true
	postgres_teardown
	cat bouncer.log 2>/dev/null || true
}

# Print the block of code of a language under a heading of the page.
block() { # HEADING LANGUAGE
	awk -v heading="$1" -v language="$2" '
		/^#/ { here = $0 ~ "# " heading "$" }
		/^```/ { code = here && $0 == "```" language; next }
		code' "$page" | grep .
}

answer() { # HEADING
	block "$1" sql >"$1.sql"
	psql -qAtX -v ON_ERROR_STOP=1 -f "$1.sql"
}

# Three homes over a change of the clocks: one replaces its meters, one has neither
# solar panels nor gas, and one is away for nine hours.
three_homes() {
	local start=(--start 2026-03-27T12:00:00Z --interval 60 -n 5760)

	p1sim "${start[@]}" --seed 1 --meter-swap 2026-03-29T10:30:00Z \
		--gas-swap 2026-03-29T10:30:00Z -o 10.stream
	p1sim "${start[@]}" --seed 2 --no-solar --no-gas -o 12.stream
	p1sim "${start[@]}" --seed 3 --gap 2026-03-28T20:10:00Z+9h -o 14.stream
	for home in 10 12 14; do
		home_database $home $home.stream
	done
}

add_and_send() { # SERVER FIRST-NUMBER HOME...
	local home number=$2

	export PGHOST=$pg_root/$1
	sql "UPDATE fleet.settings SET next_home = $number"
	for home in "${@:3}"; do
		sql "SELECT fleet.add_home('Mill Lane $home')" >/dev/null
		send "fleet_home_$number" "$home.db" j NULL 1
		number=$((number + 1))
	done
}

# The same query over the homes' own databases: a union of each view.
truth() { # QUERY
	local view sources

	{
		for home in 10 12 14; do
			echo "ATTACH '$home.db' AS d$home;"
		done
		for view in daily_wh quarter; do
			sources=$(printf "UNION ALL SELECT * FROM d%s.$view " 10 12 14)
			echo "CREATE TEMP VIEW all_$view AS ${sources#UNION ALL };"
		done
		echo "$1;"
	} | sqlite3
}

agree() { # HEADING QUERY: of SQLite
	answer "$1" >"$1.ours"
	truth "$2" >"$1.theirs"
	[ -s "$1.theirs" ]
	diff "$1.ours" "$1.theirs"
}

# What the page's queries must give for these homes.
check_answers() {
	local days="day BETWEEN '2026-03-28' AND '2026-03-30'"

	agree "All homes by day" "SELECT day, count(import_wh), sum(import_wh),
		sum(export_wh), sum(gas_dm3) FROM all_daily_wh WHERE $days GROUP BY day ORDER BY day"
	agree "The street's peak quarter" "SELECT start, sum(import_wh) * 4, count(*)
		FROM all_quarter WHERE $days GROUP BY start ORDER BY 2 DESC, 1 LIMIT 1"
	agree "Shared energy" "SELECT day, sum(i), sum(e), sum(min(i, e)) FROM
		(SELECT day, start_ts, sum(import_wh) AS i, sum(export_wh) AS e FROM all_quarter
		WHERE $days GROUP BY day, start_ts) GROUP BY day ORDER BY day"
	agree "The period of a bill" "SELECT sum(import_t1_wh), sum(import_t2_wh),
		sum(export_t1_wh), sum(export_t2_wh), sum(gas_dm3) FROM d10.daily_wh WHERE $days"
	answer "Replaced meters" | cut -d '|' -f 1-3 | diff - <(printf 'Mill Lane 10|%s\n' \
		"electricity|2026-03-29 10:30:00" "gas|2026-03-29 10:30:06")
	answer "Silent homes" | cut -d '|' -f 1 | diff - <(printf 'Mill Lane %s\n' 10 14)
}

# Home 12 has sent a reading of a minute ago.
is_not_silent() { # ROLE CHANGE: its cursor's
	sql -U "$1" "SELECT fleet.store('j', $2, $((1000 + $2)), $2, $((1000 + $2)), 1, 1, '', '', '',
		last_ts => $(date +%s) - 60)"
}

@test "the page's queries agree with the homes, meter swaps and all" {
	three_homes
	postgres_new one
	fleet_schema
	add_and_send one 1 10 12 14
	is_not_silent fleet_home_2 1
	check_answers
	# The same for an analyst, who has no names.
	sql "CREATE ROLE ann LOGIN IN ROLE fleet_analyst; ALTER ROLE ann SET search_path = analysis"
	block "All homes by day" sql | sed 's/fleet\.//' >ann.sql
	[ "$(psql -qAtX -U ann -f ann.sql)" = "$(answer "All homes by day")" ]
	answer "Forget a home"
	[ "$(sql "SELECT string_agg(name, ',') FROM fleet.homes")" = "Mill Lane 12,Mill Lane 14" ]
	[ "$(rows readings "home = 1")" = 0 ]
	# Grafana's: a whole day of quarters, with its macros replaced.
	sed -n '/^A panel "power/,/^## /s/^    //p' "$page" | sed -E \
		's/\$__unixEpochFrom\(\)/1774656000/g; s/\$__unixEpochTo\(\)/1774742400/g' >panel.sql
	[ "$(psql -qAtX -v ON_ERROR_STOP=1 -f panel.sql | wc -l)" = 95 ]
	block "5. Grafana" yaml | python3 -c '
import sys, yaml
[source] = yaml.safe_load(sys.stdin)["datasources"]
assert source["type"] == "postgres" and source["jsonData"]["sslmode"] == "verify-full"'
}

@test "three servers give the same sums as one, and one that is down harms no other" {
	local name number=1

	three_homes
	for name in north south west; do
		postgres_new $name
		fleet_schema
		sql "CREATE ROLE overview LOGIN PASSWORD 'x' IN ROLE fleet_reader"
	done
	add_and_send north 1 10
	add_and_send south 1000001 12
	is_not_silent fleet_home_1000001 1
	add_and_send west 2000001 14
	# The page gives the second server these numbers.
	block "7. Several servers" sql | grep -q "next_home = 1000001"

	psql -qX -d postgres -c "CREATE DATABASE overview"
	export PGDATABASE=overview
	psql -qX -v ON_ERROR_STOP=1 -c "CREATE EXTENSION postgres_fdw" \
		-f "$BATS_TEST_DIRNAME/../fleet/coordinator.sql"
	for name in north south west; do
		sql "SELECT fleet.add_server('$name', $number, $((number + 999999)),
			'{\"host\": \"$pg_root/$name\", \"dbname\": \"fleet\"}',
			'{\"user\": \"overview\", \"password\": \"x\"}')"
		number=$((number + 1000000))
	done
	check_answers
	[ "$(sql "SELECT server FROM fleet.homes JOIN fleet.servers
		ON home BETWEEN first_home AND last_home WHERE name = 'Mill Lane 12'")" = south ]

	run ! sql "SELECT fleet.add_server('east', 3000001, 4000000,
		'{\"host\": \"$pg_root/west\", \"dbname\": \"fleet\"}',
		'{\"user\": \"overview\", \"password\": \"x\"}')"
	[[ $output = *"server east: its home 2000001 is not one of 3000001 to 4000000"* ]]

	# South is down: its homes wait, the others send, and are read.
	postgres_kill south
	export PGDATABASE=fleet PGHOST=$pg_root/south
	run ! send fleet_home_1000001 12.db j 1 2
	[[ $output = *"Connection refused"* ]]
	PGHOST=$pg_root/north send fleet_home_1 10.db j 1 2
	PGHOST=$pg_root/west send fleet_home_2000001 14.db j 1 2
	export PGDATABASE=overview PGHOST=$pg_root/west
	run ! answer "All homes by day"
	[ "$(sql "SELECT sum(import_wh) FROM fleet.daily_wh WHERE home = 1")" = \
		"$(sqlite3 10.db "SELECT sum(import_wh) FROM daily_wh")" ]
	sql "ALTER TABLE fleet.daily_wh DETACH PARTITION south.daily_wh"
	[ "$(answer "All homes by day" | cut -d '|' -f 2 | sort -u)" = 2 ]
	sql "ALTER TABLE fleet.daily_wh ATTACH PARTITION south.daily_wh
		FOR VALUES FROM (1000001) TO (2000001)"
	# And back.
	wait_for postgres_start south
	export PGDATABASE=fleet PGHOST=$pg_root/south
	send fleet_home_1000001 12.db j 1 2
	is_not_silent fleet_home_1000001 2
	export PGDATABASE=overview PGHOST=$pg_root/west
	check_answers
}

@test "pgbouncer passes a home's calls on, one connection after the other" {
	local i home

	command -v pgbouncer >/dev/null || skip "pgbouncer is not installed"
	postgres_new one
	sql "CREATE ROLE admin LOGIN CREATEROLE; ALTER DATABASE fleet OWNER TO admin"
	PGUSER="admin" fleet_schema
	for i in 1 2 3 4 5 6; do
		sql -U admin "SELECT fleet.add_home('Home $i', 'secret $i')"
	done
	block "6. pgbouncer" sql >pgbouncer.sql
	psql -qX -v ON_ERROR_STOP=1 -f pgbouncer.sql
	# The administrator, who does not own its function, can upgrade the schema.
	PGUSER="admin" fleet_schema
	# Passwords, for all but the administrator.
	as_postgres tee "$pg_root/one/data/pg_hba.conf" >/dev/null <<-END
		$(sed -n 's/^    \(local .*pgbouncer\)/\1/p' "$page")
		local all postgres trust
		local all all peer
	END
	sql "SELECT pg_reload_conf()"
	echo '"pgbouncer" "a long one"' | as_postgres tee "$pg_root/userlist.txt" >/dev/null
	block "6. pgbouncer" ini | sed -e "s|/run/postgresql|$pg_root/one|" \
		-e "s|/etc/pgbouncer|$pg_root|" -e '/^client_tls/d' \
		-e "s|^listen_addr.*|unix_socket_dir = $pg_root|" \
		-e "s|^max_db_connections.*|max_db_connections = 2|" |
		as_postgres tee "$pg_root/bouncer.ini" >/dev/null
	touch bouncer.log
	as_postgres pgbouncer "$pg_root/bouncer.ini" >bouncer.log 2>&1 &
	wait_for test -S "$pg_root/.s.PGSQL.6432"
	bouncer=$(pgrep -f "$pg_root/bouncer.ini" | tail -1)
	export PGHOST=$pg_root PGPORT=6432

	run ! env PGPASSWORD=wrong psql -X -U fleet_home_1 -c "SELECT 1"
	# More homes than connections, all at once.
	for home in 1 2 3 4 5 6; do
		(PGPASSWORD="secret $home" one_row "fleet_home_$home" NULL 1 1780000000 "$home" &&
			PGPASSWORD="secret $home" one_row "fleet_home_$home" 1 2 1780000300 "$home") \
			>said$home 2>&1 3>&- &
		pids[home]=$!
	done
	wait "${pids[@]}"
	export PGHOST=$pg_root/one PGPORT=5432
	[ "$(sql "SELECT count(*) FROM fleet.readings WHERE import_wh = home")" = 12 ]
	[ "$(sql "SELECT sum(id) FROM fleet.cursors")" = 12 ]
	# The schema's owner does not come in this way.
	run ! env PGHOST="$pg_root" PGPORT=6432 PGPASSWORD=x psql -X -U postgres -c "SELECT 1"
}
