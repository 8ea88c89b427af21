#!/usr/bin/env bats
# bats file_tags=plain
# p1rrd as a program: messages, exit status, alone and with another.
# shellcheck disable=SC2030,SC2031 # run sets its variables in a function
bats_require_minimum_version 1.5.0
load helper
load rrd/rrd

setup() {
	rrd_setup
	p1sim --start 2026-01-04 --duration 6h --interval 300 >rows
	import rows
}

@test "silent by default" {
	run p1rrd
	[ "$status" = 0 ]
	[ -z "$output" ]
	run p1rrd --rebuild
	[ "$status" = 0 ]
	[ -z "$output" ]
	run p1rrd --rebuild --verbose
	[ "$status" = 0 ]
	[[ $output == *"electricity.rrd: rebuilt (requested)"* ]]
}

@test "--rebuild shows a bar on a terminal" {
	script -qec "p1rrd --config p1.ini --rebuild" /dev/null >screen
	grep -q 'electricity .*\[####.*100 %' screen
}

@test "only media with readings have a file" {
	p1rrd
	[ "$(echo rrd/*.rrd)" = 'rrd/electricity.rrd rrd/gas.rrd' ]
}

@test "without a folder there are no RRD files" {
	run command p1rrd --config import.ini
	[ "$status" = 0 ]
	[ -z "$output" ]
	run command p1rrd --config import.ini --rebuild
	[ "$status" = 78 ]
	[[ $output == *'[storage] rrd'* ]]
}

@test "a missing database: 69" {
	rm p1.db*
	run p1rrd
	[ "$status" = 69 ]
	[[ $output == *p1.db* ]]
	[ ! -e rrd ]
}

@test "a database of a newer schema: 78" {
	sqlite3 p1.db 'PRAGMA user_version = 9999' >/dev/null
	run p1rrd
	[ "$status" = 78 ]
	[[ $output == *p1.db* ]]
}

@test "a file that is not a database: 78, and no file is touched" {
	p1rrd
	contents >before
	rm -f p1.db*
	echo "not a database at all, just a text" >p1.db
	run p1rrd
	[ "$status" = 78 ]
	contents >after
	cmp before after
}

@test "an unwritable RRD file: 73 and its path, the others are written" {
	mkdir -p rrd/electricity.rrd
	run p1rrd
	[ "$status" = 73 ]
	[[ $output == *"$PWD/rrd/electricity.rrd"* ]]
	[ -s rrd/gas.rrd ]
	rmdir rrd/electricity.rrd
	p1rrd
	[ -s rrd/electricity.rrd ]
}

@test "a folder that cannot be created: 73 and its path" {
	: >file
	sed -i "s|^rrd = .*|rrd = $PWD/file/rrd|" p1.ini
	run p1rrd
	[ "$status" = 73 ]
	[[ $output == *"$PWD/file/rrd"* ]]
}

@test "a folder of another user: 73 and its path" {
	[ "$(id -u)" = 0 ] || skip "needs root, to become another user"
	p1rrd
	chmod 755 . .. ../.. rrd && chmod 644 p1.db* p1.ini rrd/*
	run setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$(command -v p1rrd)" --config p1.ini
	[ "$status" = 73 ]
	[[ $output == *"$PWD/rrd/"* ]]
}

@test "a file that root made in a user's folder is rebuilt by the user" {
	[ "$(id -u)" = 0 ] || skip "needs root, to become another user"
	p1rrd
	chmod 755 . .. ../.. && chmod 644 p1.db* p1.ini && chown 65534 . rrd
	run setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$(command -v p1rrd)" --config p1.ini
	[ "$status" = 0 ]
	[[ ${lines[0]} == *"electricity.rrd: rebuilt (it was not writable)" ]]
	[ "$(stat -c %u rrd/electricity.rrd)" = 65534 ]
}

@test "root creates nothing in a user's folder that the user could not write" {
	[ "$(id -u)" = 0 ] || skip "needs root, to make it"
	rm -rf rrd && chown 65534 . && p1rrd
	[ "$(find rrd ! -uid 65534)" = "" ]
}

@test "a full disk: 73, and the existing file stays" {
	[ "$(id -u)" = 0 ] || skip "needs root, to mount"
	p1rrd
	mkdir small
	mount -t tmpfs -o size=1500k none small 2>/dev/null || skip "cannot mount"
	sed -i "s|^rrd = .*|rrd = $PWD/small|" p1.ini
	run p1rrd
	ls small >left
	umount small
	[ "$status" = 73 ]
	[[ $output == *"$PWD/small/electricity.rrd"* ]]
	diff left - <<-END
		gas.rrd
		p1rrd.lock
		p1rrd.state
	END
}

@test "wrong usage: 2" {
	run p1rrd --nonsense
	[ "$status" = 2 ]
	[[ $output == *--nonsense* ]]
	run p1rrd today
	[ "$status" = 2 ]
	[[ $output == *today* ]]
	run command p1rrd --config
	[ "$status" = 2 ]
}

@test "--help and --version" {
	run p1rrd --help
	[ "$status" = 0 ]
	[[ $output == *--rebuild* ]]
	run p1rrd --version
	[ "$output" = "p1rrd $(cat "$BATS_TEST_DIRNAME/../VERSION")" ]
}

@test "two at the same time do the work once, and correctly" {
	for i in 1 2 3 4; do
		p1rrd 2>"err$i" &
		pids[i]=$!
	done
	for i in 1 2 3 4; do
		wait "${pids[$i]}"
	done
	cat err? >errs
	diff /dev/null errs
	as_if_made_in_one_go
}

@test "the second waits for the first, then does the rest" {
	mkdir rrd
	flock rrd/p1rrd.lock sleep 1 3>&- &
	first=$!
	wait_for is_locked rrd/p1rrd.lock
	p1rrd
	[ -s rrd/electricity.rrd ]
	wait $first
}

@test "the second leaves the work to a slow first one" {
	mkdir rrd
	flock --no-fork rrd/p1rrd.lock sleep 60 3>&- &
	first=$!
	wait_for is_locked rrd/p1rrd.lock
	run p1rrd
	kill $first
	[ "$status" = 0 ]
	[ -z "$output" ]
	[ ! -e rrd/electricity.rrd ]
}

# p1logger with a p1rrd that is not a program, or fails this way.
import_with() { # SCRIPT
	mkdir -p bin
	cp "$P1_BIN/p1logger" bin
	[ -z "$1" ] || printf '%s\n' "$1" >bin/p1rrd
	[ ! -e bin/p1rrd ] || chmod 755 bin/p1rrd
	run bin/p1logger --config p1.ini --import telegrams
	echo "status $status: $output"
	[ "$status" = 73 ]
}

@test "p1logger says why p1rrd could not be started or how it ended" {
	p1sim --start 2026-01-01 --duration 1h --interval 60 -o telegrams
	import_with ""
	[[ $output == *"starting $PWD/bin/p1rrd: No such file or directory"* ]]
	import_with $'#!/bin/sh\nexit 127'
	[[ $output == *"cannot start $PWD/bin/p1rrd: "*libraries* ]]
	import_with $'#!/bin/sh\nkill -9 $$'
	[[ $output == *"p1rrd was killed by signal 9"* ]]
	import_with $'#!/bin/sh\nexit 3'
	[[ $output == *"p1rrd exited with status 3"* ]]
	import_with $'#!/bin/sh\necho "p1rrd: its own words" >&2; exit 73'
	[[ $output == *"p1rrd: its own words"* ]]
	[[ $output != *"p1logger: p1rrd"* ]]
}
