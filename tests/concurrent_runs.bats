#!/usr/bin/env bats
# Overlapping runs from cron, and readers while rows are written.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	stop_meter
	stop_holder
	[ ! -e log ] || sed 's/^/log: /' log
}

locked() { # FILE: another process has a lock on it
	local inode

	inode=$(stat -c %i "$1") && grep ":$inode " /proc/locks
}

@test "four runs from cron at the same instant: silent, none lost" {
	every_second
	once
	local pids=() i ended
	for i in 1 2 3 4; do
		once --wait 20 >"said.$i" 2>&1 3>&- &
		pids+=($!)
	done
	for i in 0 1 2 3; do
		ended=0
		wait "${pids[i]}" || ended=$?
		cat "said.$((i + 1))"
		[ "$ended" -eq 0 ]
		[ ! -s "said.$((i + 1))" ]
	done
	[ "$(sql "PRAGMA integrity_check")" = ok ]
	[ "$(rows)" -ge 3 ]
}

@test "a run that waits for another without success says for whom: 75" {
	meter --silent
	once --wait 600 2>log 3>&- &
	holder_pid=$!
	wait_for locked "$db.lock"
	run once --wait 1
	ends 75 "$db.lock is locked by p1logger (pid "
	run once --wait 3 --verbose
	[[ $output == *"locked by p1logger (pid "*"; waiting for up to "* ]]
}

@test "readers while the service writes: no failure, no second is missing" {
	every_second
	service
	wait_for has_rows 1
	for i in 1 2 3 4 5 6; do
		sqlite3 -readonly "$db" "SELECT count(*) FROM hourly" >/dev/null
		p1graph -c "$ini" --day "$(newest_day)" -o day.png
		p1logger -c "$ini" --verify >/dev/null
		p1logger -c "$ini" --backup data
		once --wait 5
	done
	stop_service
	[ "$(missing)" = 0 ]
	[ "$(grep -vcE "created |started: |reading |not in service" log)" = 0 ]
}

