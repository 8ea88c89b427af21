#!/usr/bin/env bats
# bats file_tags=plain
# sqlite3 locks the database while p1logger has rows to write. P1_HOLD_S is the
# minimum number of rows that wait meanwhile (6).
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	held_rows=${P1_HOLD_S:-6}
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	[ -z "${locker_pid-}" ] || kill "$locker_pid" 2>/dev/null || true
	stop_meter
	stop_holder
	[ ! -e log ] || sed 's/^/log: /' log
}

# sqlite3 starts a write transaction and keeps it open until told to stop.
hold_database() {
	rm -f locked
	mkfifo ask
	sqlite3 "$db" <ask >/dev/null 3>&- &
	locker_pid=$!
	exec 4>ask
	printf '%s\n' "PRAGMA busy_timeout = 10000;" "BEGIN IMMEDIATE;" \
		".shell touch locked" >&4
	wait_for test -e locked
}

release_database() {
	exec 4>&-
	wait "$locker_pid"
}

# The same, for S seconds.
lock_database() { # S
	hold_database
	{
		sleep "$1"
		echo "COMMIT;"
	} >&4 3>&- &
	exec 4>&-
}

@test "while sqlite3 locks the database nothing is lost, and the log names it" {
	every_second
	tell_readings
	service
	wait_for has_rows 2
	hold_database
	before=$(rows)
	tell=$(wc -l <taken)
	wait_for grep "the readings wait in memory" log
	for ((n = 1; n <= held_rows; n++)); do
		wait_for has_taken $((tell + n))
	done
	release_database
	wait_for has_rows $((before + held_rows))
	wait_for grep "is writable again after" log
	stop_service
	[ "$(missing)" = 0 ]
	grep "$db is in use by sqlite3 (pid [0-9]*): .*the readings wait in memory" log
	run ! grep -i "database is locked" log
}

@test "stopped meanwhile, the service waits for the lock and loses nothing" {
	write_ini "$port" "interval = 1" "commit = 3600"
	tell_readings
	meter --interval 1
	service
	wait_for has_rows 1
	wait_for has_taken $(($(wc -l <taken) + 2))
	lock_database 2
	stop_service
	[ "$(rows)" -ge 2 ]
	[ "$(missing)" = 0 ]
}

@test "reloaded meanwhile, it does so once everything is written" {
	every_second
	service
	wait_for has_rows 1
	lock_database 2
	kill -HUP "$service_pid"
	wait "$locker_pid"
	wait_for bash -c "[ \$(grep -c 'started: ' log) -eq 2 ]"
	before=$(rows)
	wait_for has_rows $((before + 2))
	stop_service
	[ "$(missing)" -le 2 ]
}

@test "a run from cron waits for the lock" {
	every_second
	once
	lock_database 2
	run once
	silent
	[ "$(rows)" = 2 ]
}

@test "a run that waits without success is 75; readers do not wait" {
	meter --interval 1
	once
	mkdir to
	hold_database
	p1graph -c "$ini" --day "$(newest_day)" -o day.png
	p1logger -c "$ini" --verify
	run p1logger -c "$ini" --backup to
	silent
	[ "$(sqlite3 to/*.db "SELECT count(*) FROM electricity")" = 1 ]
	run once
	kill -0 "$locker_pid"
	ends 75 "$db is in use by sqlite3 (pid " "try again later"
	release_database
	[ "$(rows)" = 1 ]
}

@test "a database locked exclusively: 75, with a clear message" {
	meter --interval 1
	once
	sqlite3 "$db" "PRAGMA journal_mode = DELETE" >/dev/null
	mkfifo ask
	sqlite3 "$db" <ask >/dev/null 3>&- &
	locker_pid=$!
	exec 4>ask
	echo "BEGIN EXCLUSIVE;" >&4
	echo ".shell touch locked" >&4
	wait_for test -e locked
	run p1graph -c "$ini" --day -o day.png
	ends 75 "another program has locked it: try again later"
	exec 4>&-
	wait "$locker_pid"
	run once
	silent
}

@test "a link to the database and the database share one lock, and one port" {
	every_second
	service
	wait_for has_rows 1
	wait_for test -e "$db.port"
	ln -s data/p1.db link.db
	sed "s|^database.*|database = $PWD/link.db|" "$ini" >link.ini
	run as_serial p1logger -c link.ini --import /dev/null
	ends 75 "the service is using $db: "
	run as_serial p1logger --once -c link.ini
	silent
	stop_service
	run as_serial p1logger --once -c link.ini
	silent
	run ! ls link.db.*
}

@test "a link to a missing database: it is created at the link's target" {
	ln -s data/p1.db link.db
	sed -i "s|^database.*|database = $PWD/link.db|" "$ini"
	mkdir data
	meter --interval 1
	once
	[ -L link.db ]
	[ "$(rows)" = 1 ]
}
