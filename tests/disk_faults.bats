#!/usr/bin/env bats
# A disk that is full, read-only, slow or failing: simulated by a preloaded
# library (tests/shim/disk.c), and a file system that is really full.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	: >fault
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	stop_meter
	[ ! -d small ] || umount small 2>/dev/null || true
	[ ! -e log ] || sed 's/^/log: /' log
}

# Run it with the faults in the file fault, which may change while it runs.
on_disk() { # COMMAND...
	LD_PRELOAD=$P1_BIN/tests/disk.so P1_DISK=${disk:-$PWD/data} \
		P1_DISK_FAULT=$PWD/fault ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}

# Change the disk's state to LINE.
disk_is() { # LINE
	rm -f fault.met
	echo "$1" >fault
}

has_failed() { # N: at least N calls, since disk_is
	[ "$(wc -c <fault.met)" -ge "$1" ]
}

service_on_disk() {
	write_ini "$port" "interval = 1" "commit = 1"
	meter --interval 1
	LD_PRELOAD=$P1_BIN/tests/disk.so P1_DISK=$PWD/data \
		P1_DISK_FAULT=$PWD/fault ASAN_OPTIONS=verify_asan_link_order=0 \
		p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	wait_for has_rows 2
}

# A meter's telegrams FROM to TO from 2026-11-20T00:00Z on, a minute apart.
telegrams() { # FROM TO
	p1sim -n "$2" --start 2026-11-20 --interval 60 --fast |
		awk -v from="$1" '/^\// { n++ } n >= from' >telegrams
}

import() {
	p1logger -c "$ini" --import telegrams
}

@test "a full disk is one line; the service reads on and writes when it can" {
	service_on_disk
	disk_is "write ENOSPC"
	before=$(rows)
	wait_for grep "$db: .*the disk is full; the readings wait in memory" log
	wait_for has_failed 3
	[ "$(rows)" = "$before" ]
	: >fault
	wait_for grep "$db is writable again after [0-9]* s: [0-9]* new rows*" log
	wait_for has_rows $((before + 3))
	stop_service
	[ "$(missing)" = 0 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
	[ "$(wc -l <log)" -le 5 ]
}

@test "errors of all kinds in turn, and a slow disk: no second is missing" {
	service_on_disk
	for fault in "sync EIO" "write EIO" "write EROFS" "write short" \
		"write,sync EIO 2 1" "sync slow 700"; do
		disk_is "$fault"
		wait_for has_failed 1
		: >fault
	done
	before=$(rows)
	wait_for has_rows $((before + 4))
	stop_service
	[ "$(missing)" = 0 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
}

@test "stopped while the disk fails, it says how many rows are lost: 74" {
	service_on_disk
	echo "write EIO" >fault
	wait_for grep "the readings wait in memory" log
	ended=0
	stop_service || ended=$?
	[ "$ended" -eq 74 ]
	tail -n 1 log | grep "writing readings: .*; [0-9]* rows* w.* not written"
	[ "$(sql "PRAGMA integrity_check")" = ok ]
}

@test "--once reports the disk's error in one line" {
	write_ini "$PWD/telegram" "interval = 1"
	p1sim -n 1 --start 2026-11-20T12:00:00Z -o telegram
	p1logger --once -c "$ini"
	p1sim -n 1 --start 2026-11-20T12:00:01Z -o telegram
	while IFS='|' read -r fault wanted text; do
		echo "$fault" >fault
		run on_disk p1logger --once -c "$ini"
		ends "$wanted" "$db" "$text"
	done <<-END
		write ENOSPC|74|No space left on device
		write EIO|74|Input/output error
		write EROFS|74|Read-only file system
		sync EIO|74|reading or writing the disk failed
		change EROFS|74|Read-only file system
	END
	: >fault
	run on_disk p1logger --once -c "$ini"
	silent
	[ "$(rows)" = 2 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
}

# A page that cannot be read now is not a reason to start over.
@test "a failing read, any of them, costs no database" {
	write_ini "$PWD/telegram" "interval = 1"
	telegrams 1 300
	import
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	tail -c 3000 telegrams >telegram
	failed=0
	for n in 1 2 3 4 5 7 9 12 16 20 25 30 40 60; do
		echo "read EIO $n 1" >fault
		run on_disk p1logger -c "$ini"
		echo "$n: $status $output"
		[[ $output != *damaged* ]]
		[ -z "$(find data -name '*.damaged*')" ]
		[ "$(rows)" -ge 300 ]
		[ "$status" -eq 0 ] || failed=$((failed + 1))
	done
	[ "$failed" -ge 5 ]
	: >fault
	run on_disk p1logger --once -c "$ini"
	silent
}

@test "a new database cannot be created" {
	write_ini "$PWD/telegram"
	p1sim -n 1 -o telegram
	for fault in "write ENOSPC" "write EIO" "sync EIO"; do
		echo "$fault" >fault
		run on_disk p1logger --once -c "$ini"
		ends 74 "$db"
		rm -rf data
	done
	for fault in "change EROFS" "change ENOSPC"; do
		echo "$fault" >fault
		run on_disk p1logger --once -c "$ini"
		ends 73 "creating the folder $PWD/data"
	done
	: >fault
	run on_disk p1logger --once -c "$ini"
	silent
}

# The Nth write or sync fails, once or from then on: committed rows stay, others
# come with the next run. Repeat until a run needs fewer than N.
errors_of_an_import() { # FAULT [COUNT]
	write_ini - "interval = 1"
	telegrams 1 100
	import
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	cp "$db" good
	telegrams 121 160
	import
	wanted=$(sql "SELECT count(*), sum(ts), sum(import_t1_wh) FROM electricity")
	local n
	for n in 1 2 3 4 6 9 14 20; do
		cp good "$db"
		rm -f "$db-wal" "$db-shm"
		echo "$1 $n ${2-}" >fault
		run on_disk p1logger -c "$ini" --import telegrams
		if [ "$status" -ne 0 ]; then
			ends 74 "$db"
			failed=$((failed + 1))
		fi
		[ "$(sql "SELECT count(*) FROM electricity WHERE ts < 1795140000")" -eq 100 ]
		import
		[ "$(sql "SELECT count(*), sum(ts), sum(import_t1_wh)
			FROM electricity")" = "$wanted" ]
		[ "$(sql "PRAGMA integrity_check")" = ok ]
	done
}

failed=0 # of one test's imports

@test "no space for any write of an import" {
	errors_of_an_import "write ENOSPC" 1
	errors_of_an_import "write ENOSPC"
	[ "$failed" -ge 2 ]
}

@test "an error at any write of an import" {
	errors_of_an_import "write EIO" 1
	errors_of_an_import "write EIO"
	[ "$failed" -ge 2 ]
}

@test "any write of an import is short" {
	errors_of_an_import "write short" 1
	errors_of_an_import "write short"
	[ "$failed" -ge 2 ]
}

@test "an error at any sync of an import" {
	errors_of_an_import "sync EIO" 1
	errors_of_an_import "sync EIO"
	[ "$failed" -ge 2 ]
}

@test "a backup to a failing disk leaves nothing, and keeps the older one" {
	telegrams 1 10
	write_ini -
	import
	mkdir to
	p1logger -c "$ini" --backup to
	mv to/*.db to/p1-2026-01-01T0300Z.db
	for fault in "write ENOSPC" "write EIO 3" "sync EIO" "change EIO 2 1"; do
		echo "$fault" >fault
		disk=$PWD/to run on_disk p1logger -c "$ini" --backup to
		[ "$status" -eq 74 ] || [ "$status" -eq 73 ]
		[ "${#lines[@]}" = 1 ]
		[[ $output == "p1logger: no backup: "* ]]
		[ "$(find to -type f)" = to/p1-2026-01-01T0300Z.db ]
	done
}

@test "a file system that is really full, and has room again" {
	mkdir small
	mount -t tmpfs -o size=1536k none small 2>/dev/null ||
		skip "may not mount a file system here"
	db=$PWD/small/p1.db
	write_ini "$port" "interval = 1" "commit = 1"
	meter --interval 1
	p1logger --once -c "$ini"
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	before=$(sql "SELECT max(ts) FROM electricity")
	service
	wait_for has_rows 3
	dd if=/dev/zero of=small/ballast bs=4096 status=none 2>/dev/null || true
	wait_for grep "the disk is full\|No space left" log
	rm small/ballast
	wait_for grep "is writable again" log
	wait_for has_rows 7
	stop_service
	[ "$(sql "SELECT count(*) > 5 AND max(ts) - min(ts) <= count(*) + 2
		FROM electricity WHERE ts > $before")" = 1 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
	mount -o remount,ro small
	run p1logger --once -c "$ini"
	ends 74 "Read-only file system"
}
