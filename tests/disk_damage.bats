#!/usr/bin/env bats
# A damaged database is detected when it is opened, moved aside, and replaced by
# a new one; the last good backup is named, and stays.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	p1sim -n 1 --seed 2 --start 2026-11-21T12:00:00Z -o telegram
	write_ini "$PWD/telegram"
	p1sim -n 300 --start 2026-11-20T00:00:00Z --interval 60 --fast >tape
	p1logger -c "$ini" --import tape
	mkdir to
	p1logger -c "$ini" --backup to
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	copy=$(realpath to/*.db)
	cp "$db" good
	pages=$(($(stat -c %s "$db") / 4096))
}

scratch() { # PAGE COUNT: write noise to the database
	head -c $((4096 * $2)) /dev/urandom |
		dd of="$db" bs=4096 seek="$1" conv=notrunc status=none
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	stop_meter
	[ ! -e log ] || sed "s/^/log: /" log
}

aside() {
	find "$PWD/data" -name 'p1.db.damaged-20*Z'
}

# The damage was found and the file moved aside; the new one has one row.
set_aside() { # MESSAGE
	echo "status $status: $output"
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == *"$1"*"moved it to $(aside) and created a new one; "* ]]
	[[ ${lines[0]} == *"p1logger --restore $copy --force" ]]
	cmp before "$(aside)"
	[ "$(rows)" = 1 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
}

@test "damage anywhere in the file is found by the service when it starts" {
	for page in 0 5 $((pages / 2)) $((pages - 4)); do
		cp good "$db"
		rm -f data/*damaged* "$db-wal" "$db-shm"
		scratch "$page" 3
		cp "$db" before
		run p1logger -c "$ini"
		set_aside "database"
	done
}

@test "a file that is truncated, or has lost its header" {
	truncate -s $((pages * 4096 / 3)) "$db"
	cp "$db" before
	run p1logger -c "$ini" --once
	[ "${#lines[@]}" = 1 ]
	set_aside "the database is damaged"
	rm data/*damaged*
	cp good "$db"
	rm -f "$db-wal" "$db-shm"
	head -c 4096 /dev/zero | dd of="$db" conv=notrunc status=none
	cp "$db" before
	run p1logger -c "$ini" --once
	[ "${#lines[@]}" = 1 ]
	set_aside "not a database"
}

@test "its -wal file is moved with it" {
	p1logger -c "$ini" --once
	[ -s "$db-wal" ]
	cp "$db-wal" wal
	scratch 0 $((pages / 2))
	cp "$db" before
	run p1logger -c "$ini" --once
	set_aside "not a database"
	cmp wal "$(aside)-wal"
}

@test "a file that never was a database is left alone: 78" {
	rm data/*
	echo "some letter of mine, and quite a long one" >"$db"
	cp "$db" before
	run p1logger -c "$ini" --once
	ends 78 "$db" "not a database"
	cmp before "$db"
}

@test "an emptied one is reported, although it looks like a new one" {
	: >"$db"
	run p1logger -c "$ini" --once
	ends 0 "$db was missing or empty: created a new one" "--restore $copy"
	run p1logger -c "$ini" --once
	silent
}

@test "a new database is reported by the service, not by cron's first run" {
	rm -r data
	run p1logger -c "$ini" --once
	silent
	rm -r data
	run p1logger -c "$ini"
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "p1logger: created a new database: $db" ]
}

@test "the suggested backup can be restored, and RRD files follow" {
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	mkdir rrd
	p1rrd -c "$ini"
	scratch 5 3
	p1logger -c "$ini" --once
	p1rrd -c "$ini" --verify
	p1logger -c "$ini" --restore "$copy" --force
	[ "$(rows)" = 300 ]
	p1logger -c "$ini" --verify
}

@test "nightly copies of the new one do not displace the good one" {
	scratch 5 3
	p1logger -c "$ini" --once
	mv "$copy" to/p1-2026-01-01T0300Z.db
	for day in 02 03 04 05; do
		p1logger -c "$ini" --backup to --keep 2
		mv "$(find to -newer to/p1-2026-01-01T0300Z.db -name '*.db' | sort | tail -n 1)" \
			"to/p1-2026-01-${day}T0300Z.db"
	done
	p1logger -c "$ini" --backup to --keep 2
	ls to
	[ -e to/p1-2026-01-01T0300Z.db ]
	[ ! -e to/p1-2026-01-02T0300Z.db ]
	[ "$(find to -name '*.db' | wc -l)" = 3 ]
}

# Its root page of electricity is lost while the service runs and waits to
# write; another program's write makes it read the file again.
damage_behind_its_back() {
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	scratch "$(sql "SELECT rootpage - 1 FROM sqlite_schema
		WHERE name = 'electricity'")" 1
	sqlite3 "$db" "UPDATE meta SET value = value"
}

@test "damage while the service runs: it continues with another database" {
	write_ini "$port" "interval = 1" "commit = 3600"
	rm "$db"
	meter --interval 1
	service
	wait_for has_rows 1
	wait_for grep "reading" log
	sleep 2.5 # rows are waiting
	damage_behind_its_back
	kill -HUP "$service_pid"
	wait_for grep "the database is damaged.*; moved it to $db.damaged-.*--restore $copy" log
	run ! grep "not written" log
	wait_for has_rows 3 # including those that waited
	kill -TERM "$service_pid"
	wait "$service_pid"
	service_pid=
	[ "$(sql "PRAGMA integrity_check")" = ok ]
	cat log
}
