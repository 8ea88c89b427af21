#!/usr/bin/env bats
# p1logger --once: one telegram for cron, and everything that can go wrong.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	look_for_leaks
	logger_setup
}

teardown() {
	stop_meter
	stop_holder
}

@test "a telegram from a serial port is stored silently" {
	meter
	run once
	silent
	[ "$(rows)" = 1 ]
	P1_SHIM_LINES=$PWD/lines run once --verbose
	[ "$status" -eq 0 ]
	[[ $output == *"$port at 115200 8N1: "*" new row"* ]]
	[ "$(cat lines)" = "DTR RTS" ]
}

@test "a pty unknown to libserialport can be read" {
	meter
	run p1logger --once -c "$ini"
	silent
	[ "$(rows)" = 1 ]
}

@test "a pty made by socat is read" {
	p1sim -n 100000 --speed 1 | socat -u - "PTY,link=$port,rawer" 3>&- &
	holder_pid=$!
	wait_for test -c "$port"
	run once
	silent
	[ "$(rows)" = 1 ]
}

@test "from a crontab line's environment" {
	meter
	run env -i PATH=/usr/bin:/bin HOME=/ SHELL=/bin/sh LOGNAME=root \
		LD_PRELOAD="$P1_BIN/tests/shim.so" \
		ASAN_OPTIONS=verify_asan_link_order=0 \
		/bin/sh -c "$P1_BIN/p1logger --once --config $ini"
	silent
	[ "$(rows)" = 1 ]
}

@test "through links, as in /dev/serial/by-id" {
	meter
	ln -s "$port" a && ln -s a b
	write_ini "$PWD/b"
	run once
	silent
	[ "$(rows)" = 1 ]
}

@test "a 9600 7E1 meter is found by listening, and remembered" {
	p1sim --dialect nl22 -n 1 -o telegram
	python3 - "$port" 3>&- <<-'END' &
		import os, pty, sys, termios, time
		master, slave = pty.openpty()
		os.symlink(os.ttyname(slave), sys.argv[1])
		telegram = open('telegram', 'rb').read()
		while True:
		    speed = termios.tcgetattr(master)[4]
		    right = speed == termios.B9600
		    os.write(master, telegram if right else b'\x80\xf8' * 40)
		    print(right, file=open('right', 'a'), flush=True)
		    time.sleep(1)
	END
	holder_pid=$!
	wait_for test -c "$port"
	run once
	silent
	[ "$(rows)" = 1 ]
	[ "$(cat "$db.port")" = "9600 7E1 $port" ]
	rm -f right
	run once
	silent
	run ! grep False right
}

@test "from a TCP server" {
	p1sim --tcp 0 >address 3>&- &
	meter_pid=$!
	wait_for grep : address
	write_ini "tcp://localhost:$(sed 's/.*://' address)"
	run once
	silent
	[ "$(rows)" = 1 ]
}

@test "a file is a port too, by the telegram's own time" {
	p1sim -n 1 --start 2024-02-29T12:00:00Z -o telegram
	write_ini "$PWD/telegram"
	run once
	silent
	[ "$(sql "SELECT ts FROM electricity")" = 1709208000 ]
}

@test "a silent port is 75" {
	meter --silent
	run once --wait 2
	ends 75 "$port was silent for 2 s" "p1logger --discover"
}

@test "a missing port is 69, immediately" {
	run timeout 25 p1logger --once -c "$ini"
	ends 69 "$port does not exist; plug in the cable, or set [meter] port; p1logger --discover finds it"
}

@test "no cable at all is 69" {
	write_ini ""
	ls /dev/serial/by-id/* /dev/ttyUSB* /dev/ttyACM* 2>/dev/null &&
		skip "there is a serial port here"
	run once
	ends 69 "no P1 cable found" "plug it in"
}

@test "noise is 65, damaged telegrams are 65 with the reason" {
	meter --babble
	run once --wait 2
	ends 65 "$port" "P1"
	stop_meter
	meter --fault badcrc=1
	run once --wait 5
	ends 65 "no valid telegram from $port" "crc" "p1logger --discover"
}

@test "a server that refuses is 69, a silent one 75" {
	write_ini tcp://localhost:1
	run once
	ends 69 "tcp://localhost:1: Connection refused; check host and port number"
	p1sim --tcp 0 --silent >address 3>&- &
	meter_pid=$!
	wait_for grep : address
	write_ini "tcp://localhost:$(sed 's/.*://' address)"
	run once --wait 2
	ends 75 "was silent"
}

@test "a host that does not exist is 69" {
	write_ini tcp://nowhere.invalid:23
	run once --wait 2
	ends 69 "tcp://nowhere.invalid:23"
}

@test "a forbidden port is 77, with the remedy" {
	user_setup
	meter
	chmod 000 "$(readlink -f "$port")"
	run as_user bin/p1logger --once -c "$ini"
	ends 77 "cannot open" "group"
	[ "$(id -u)" -ne 0 ] || chgrp dialout "$(readlink -f "$port")"
	chmod 060 "$(readlink -f "$port")"
	run as_user bin/p1logger --once -c "$ini"
	ends 77 "cannot open" "add the user nobody to group"
}

@test "a port locked by another program is 75 and names it" {
	meter
	hold flock -o "$port" sleep 60
	wait_for is_locked "$port"
	run once --wait 2
	ends 75 "is in use by flock (pid $holder_pid)"
}

@test "a port taken with TIOCEXCL is 75 and names its holder" {
	user_setup
	meter
	chmod 666 "$(readlink -f "$port")"
	hold "${user[@]}" env PATH=/usr/bin:/bin python3 -c 'if 1:
		import fcntl, sys, termios, time
		fcntl.ioctl(open(sys.argv[1]), termios.TIOCEXCL)
		print("held", flush=True)
		time.sleep(60)' "$port" >held
	wait_for grep held held
	run as_user bin/p1logger --once -c "$ini" --wait 2
	ends 75 "is in use by"
}

@test "two runs at the same time: both are stored, one after the other" {
	meter
	once 3>&- &
	run once
	silent
	wait $!
	[ "$(sql "SELECT count(*) >= 1 FROM electricity")" = 1 ]
}

@test "a lock that persists is 75 and names its holder" {
	mkdir data
	hold flock -o "$db.lock" sleep 60
	wait_for is_locked "$db.lock"
	meter
	run once --wait 1
	ends 75 "$db.lock is locked by flock (pid $holder_pid)"
}

@test "the database's folder is created, but not its parents" {
	meter
	run once
	silent
	[ "$(stat -c %a data)" = 2750 ]
	db=$PWD/no/such/p1.db
	write_ini "$port"
	run once
	ends 73 "$PWD/no/such"
	[ ! -e no ]
}

@test "an unwritable folder is 77" {
	user_setup
	chmod 755 data
	meter
	run as_user bin/p1logger --once -c "$ini"
	ends 77 "cannot write to $PWD/data: run it as the user"
}

@test "the working directory may be closed to the user" {
	local all=$PWD copies

	user_setup
	p1sim --start 2026-03-10T11:00:00Z -n 3 >tape
	mkdir -m 777 copies
	mkdir -m 700 private
	cd private
	as_user "$all/bin/p1logger" -c "$ini" --import "$all/tape"
	as_user "$all/bin/p1logger" -c "$ini" --backup "$all/copies"
	copies=("$all"/copies/*.db)
	as_user "$all/bin/p1logger" -c "$ini" --restore "${copies[0]}" --force
	as_user "$all/bin/p1logger" -c "$ini" --verify
}

@test "a database with a newer schema is 78, and is left alone" {
	meter
	once
	sqlite3 "$db" "PRAGMA user_version = 9999" >/dev/null
	run once
	ends 78 "$db"
	[ "$(sql "PRAGMA user_version")" = 9999 ]
	[ "$(rows)" = 1 ]
}

@test "a file that is not a database is 78, and is left alone" {
	mkdir data
	seq 1000 >"$db"
	cp "$db" before
	meter
	run once
	ends 78 "$db"
	cmp "$db" before
}

@test "a running service makes it exit immediately and silently" {
	meter
	service
	wait_for has_rows 1
	run timeout 25 p1logger --once -c "$ini"
	silent
	kill "$service_pid"
	wait "$service_pid"
}

# It holds the lock, and the meter has sent nothing yet.
@test "a service that has stored nothing yet is recognised at once, and named" {
	meter --silent
	write_ini "$port" "commit = 3600"
	service
	wait_for is_locked "$db.lock"
	run timeout 25 p1logger --once -c "$ini"
	silent
	run timeout 25 script -qec "p1logger --once -c $ini 2>&1" /dev/null </dev/null
	ends 0 "the service (p1logger (pid $service_pid)) is running and stores the readings: --once is not needed"
	run timeout 25 p1logger --import "$ini" -c "$ini"
	ends 75 "stop it first"
	kill "$service_pid"
	wait "$service_pid"
}

another_row() { # by a silent run
	run once
	silent && has_rows $((before + 1))
}

@test "a service that has ended is not a reason to do nothing" {
	write_ini "$port" "interval = 1"
	meter
	service
	wait_for has_rows 1
	kill "$service_pid"
	wait "$service_pid"
	before=$(rows)
	wait_for another_row
}

@test "an RRD folder that cannot be created is 73, after the row is stored" {
	sed -i "s|^rrd.*|rrd = $PWD/file/rrd|" "$ini"
	: >file
	meter
	run once
	ends 73 "$PWD/file/rrd"
	[ "$(rows)" = 1 ]
}

@test "RRD files are updated, with cron's short PATH" {
	sed -i "s|^rrd.*|rrd = $PWD/data/rrd|" "$ini"
	meter
	run env -i PATH=/usr/bin:/bin "$P1_BIN/p1logger" --once -c "$ini"
	silent
	[ -s data/rrd/electricity.rrd ]
}

@test "a killed one leaves no busy port behind, for any user" {
	user_setup
	meter
	chmod 666 "$(readlink -f "$port")"
	"${user[@]}" bin/p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	wait_for has_rows 1
	kill -KILL "$service_pid"
	wait "$service_pid" || true
	run as_user bin/p1logger --once -c "$ini"
	silent
}
