#!/usr/bin/env bats
# The database is removed, renamed, replaced or overwritten while a program
# writes to it: every reading is in the file that takes its place, or in the
# rescued contents of the old one, and the log says so.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	[ -z "${import_pid-}" ] || kill "$import_pid" 2>/dev/null || true
	stop_meter
	[ ! -e log ] || sed 's/^/log: /' log
}

running() { # start the service, with some rows
	every_second
	service
	wait_for has_rows 3
}

# Seconds without a row in any FILE, between the first and the last of all.
missing_in() { # FILE...
	local f
	for f; do
		sqlite3 -readonly "$f" "SELECT ts FROM electricity"
	done | sort -nu | awk 'NR == 1 { first = $1 } { last = $1 }
		END { print last - first + 1 - NR }'
}

sound() { # FILE...
	local f
	for f; do
		[ "$(sqlite3 -readonly "$f" "PRAGMA integrity_check")" = ok ]
	done
	p1logger -c "$ini" --verify
}

@test "removed: a new one is started, and the contents of the old one are saved" {
	running
	rm "$db"
	wait_for has_rows 3
	stop_service
	grep "$db was removed or replaced while in use; its contents are saved as $db.removed-" log
	grep "created a new database" log
	sound "$db" "$db".removed-*
	[ "$(missing_in "$db" "$db".removed-*)" = 0 ]
	[ "$(grep -c "removed or replaced" log)" = 1 ]
}

@test "removed with all files beside it: the lock is taken again, too" {
	running
	rm "$db" "$db"-* "$db".*
	wait_for has_rows 3
	is_locked "$db.lock"
	run p1logger -c "$ini" --import /dev/null
	ends 75 "the service is using $db"
	stop_service
	sound "$db" "$db".removed-*
	[ "$(missing_in "$db" "$db".removed-*)" = 0 ]
}

@test "renamed: it is complete without its -wal file, and a new one is started" {
	running
	mv "$db" data/old.db
	wait_for has_rows 3
	stop_service
	grep "$db was renamed while in use; it is now $PWD/data/old.db" log
	sound "$db" data/old.db
	[ "$(missing_in "$db" data/old.db)" = 0 ]
	run ! ls "$db".removed-*
}

@test "renamed while another program reads it: a copy is complete" {
	running
	mkfifo ask
	sqlite3 -readonly "$db" <ask >said 3>&- &
	import_pid=$!
	exec 4>ask
	echo "BEGIN; SELECT count(*) FROM electricity;" >&4
	wait_for test -s said
	seen=$(cat said)
	wait_for has_rows $((seen + 2))
	mv "$db" data/old.db
	wait_for has_rows 1
	exec 4>&-
	wait "$import_pid"
	import_pid=
	stop_service
	sound "$db" "$db".removed-*
	[ "$(missing_in "$db" "$db".removed-*)" = 0 ]
}

@test "replaced by an older one: readings continue in it" {
	running
	sqlite3 "$db" "VACUUM INTO 'data/older.db'"
	older=$(sqlite3 data/older.db "SELECT count(*) FROM electricity")
	wait_for has_rows $((older + 2))
	mv data/older.db "$db"
	wait_for grep "was removed or replaced" log
	wait_for has_rows $((older + 2))
	stop_service
	sound "$db" "$db".removed-*
	[ "$(missing_in "$db" "$db".removed-*)" = 0 ]
	[ "$(sqlite3 "$db" "SELECT count(*) > $older FROM electricity")" = 1 ]
	run ! grep "created a new" <(tail -n +3 log)
}

@test "overwritten in place, with and without its -wal file: the two do not mix" {
	running
	sqlite3 "$db" "VACUUM INTO 'data/older.db'"
	for beside in keep remove; do
		before=$(grep -c "it is reopened and checked" log || true)
		wait_for has_rows 5
		cp data/older.db "$db"
		[ "$beside" = keep ] || rm -f "$db-wal" "$db-shm"
		wait_for bash -c "[ \$(grep -c 'reopened and checked' log) -gt $before ]"
		wait_for has_rows 3
	done
	stop_service
	sound "$db"
}

@test "a checkpoint by another program does no harm" {
	running
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)"
	wait_for has_rows $(($(rows) + 3))
	stop_service
	sound "$db"
	[ "$(missing)" = 0 ]
	run ! ls "$db".*-*T*
}

@test "its folder is missing for a while: the readings wait in memory" {
	mkdir -p below/data
	db=$PWD/below/data/p1.db
	running
	mv below elsewhere
	wait_for grep "the readings wait in memory" log
	mv elsewhere below
	wait_for grep "is writable again" log
	wait_for has_rows $(($(rows) + 1))
	stop_service
	sound "$db"
	[ "$(missing)" = 0 ]
}

@test "during an import: what was written is saved, the rest goes to a new one" {
	write_ini "$port" "interval = 10"
	p1sim --start 2026-01-01 --duration 3d --interval 10 -o telegrams
	mkfifo in
	p1logger -c "$ini" --import - <in 2>log 3>&- &
	import_pid=$!
	exec 4>in
	head -c $(($(stat -c %s telegrams) / 2)) telegrams >&4
	wait_for has_rows 1000
	rm "$db"
	tail -c +$(($(stat -c %s telegrams) / 2 + 1)) telegrams >&4
	exec 4>&-
	wait "$import_pid"
	import_pid=
	grep "was removed or replaced" log
	sound "$db" "$db".removed-*
	[ "$( (sqlite3 "$db" "SELECT ts FROM electricity"
		sqlite3 "$db".removed-* "SELECT ts FROM electricity") |
		sort -u | wc -l)" = $((3 * 8640)) ]
}
