#!/usr/bin/env bats
# The user's decisions: p1logger --quarantine, --closing and --opening; and
# automatic recovery, also in the RRD files.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
	mkdir data
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	mkdir rrd
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
}

p1() { # OPTION...
	p1logger -c "$ini" "$@"
}

import() { # P1SIM-OPTION...
	p1sim --seed 4 --interval 60 "$@" >telegrams
	p1 --import telegrams
}

total() { # COLUMN
	sql "SELECT sum($1) FROM hourly_wh"
}

@test "nothing held: nothing listed" {
	import --start 2025-03-10T06:00:00Z -n 60
	run p1 --quarantine
	silent
}

@test "a reset counter is listed, accepted, and continues" {
	import --start 2025-03-10T06:00:00Z -n 120
	before=$(total import_wh)
	import --start 2025-03-10T09:00:00Z -n 120 --initial import_t1=0 \
		--initial import_t2=0 --initial export_t1=0 --initial export_t2=0
	[ "$(rows)" = 120 ]
	run p1 --quarantine
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == *id*since*until*reason*value*expected*telegrams*meter ]]
	[[ $output =~ \ ([0-9]+)\ +2025-03-10T09:00:00Z\ +2025-03-10T10:59:00Z\ +back\ +import_t1\ 0\.000\ kWh ]]
	[ "$(total import_wh)" = "$before" ]
	run p1 --quarantine accept "${BASH_REMATCH[1]}"
	[ "$status" -eq 0 ]
	[ "$(rows)" = 240 ]
	[ "$(sql "SELECT DISTINCT register FROM quarantine")" = value ] # its gas
	[ "$(total import_wh)" -gt "$before" ]
	[ "$(sql "SELECT count(*) FROM hourly_wh WHERE import_wh < 0 OR import_wh > 9000")" = 0 ]
	[ "$(sql "SELECT count(*) FROM installation WHERE begins = 'reset'")" = 1 ]
	p1 --verify
}

# The gas of another time is held first, and the electricity of an earlier time later.
@test "the list is in order of time, without what a decision has settled" {
	import --start 2025-03-10T06:00:00Z -n 300 \
		--fault jump=2025-03-10T07:00:00Z+3m \
		--fault gasjump=2025-03-10T07:10:00Z+30m
	p1 --quarantine >list
	[ "$(grep -oE '^ +[0-9]+ +2025[^ ]*' list | awk '{ print $1 }' | tr '\n' ' ')" = "8 1 2 " ]
	grep -oE '^ +[0-9]+ +2025[^ ]*' list | awk '{ print $2 }' | sort -c
	p1 --quarantine accept 1
	[ "$(sql "SELECT count(*) FROM quarantine
		WHERE ts = unixepoch('2025-03-10T07:05:02Z')")" = 1 ]
	run ! grep -q "2025-03-10T07:05:02Z" <(p1 --quarantine)
}

@test "rejected readings are not listed any more" {
	import --start 2025-03-10T06:00:00Z -n 120 \
		--fault jump=2025-03-10T07:00:00Z+1m
	[ "$(p1 --quarantine | grep -c " fast ")" = 1 ]
	run p1 --quarantine reject 1
	silent
	run p1 --quarantine
	silent
	run p1 --quarantine reject 1 # repeating it is fine
	silent
	run p1 --quarantine reject 99
	ends 2 "there is no held reading 99"
}

# Two hours, then two hours of a meter whose counters were reset.
reset_meter() {
	import --start 2025-03-10T06:00:00Z -n 120
	import --start 2025-03-10T09:00:00Z -n 120 "${reset[@]}"
	sentence=$(p1 --quarantine | grep '^Since .* electricity ')
	[[ $sentence =~ ^Since\ 2025-03-10T09:00:00Z\ all\ readings\ of\ electricity\ [0-9A-F]+\ have\ been\ held:\ its\ counter\ import_t1\ fell\ from\ [0-9.]+\ to\ 0.000\ kWh\.\ If\ the\ meter\ was\ reset,\ run:\ p1logger\ --quarantine\ accept\ [0-9]+$ ]]
}

reset=(--initial import_t1=0 --initial import_t2=0 --initial export_t1=0
	--initial export_t2=0)

# Each of these telegrams is held.
say_more() { # N
	local n

	for n; do
		p1sim --seed 4 --start "2025-03-10T11:0$n:00Z" -n 1 "${reset[@]}" >&7
		wait_for comes_to_take "$n"
	done
}

ms=0

passes() { # MS: let the service's time pass
	ms=$((ms + $1))
	echo "$ms 0" >pace.new
	mv pace.new pace
}

# It gathers for a moment before it reads.
comes_to_take() { # N
	passes 100
	has_taken "$1"
}

@test "the log names a meter that is held for an hour, once an hour" {
	reset_meter
	mkfifo fifo
	write_ini "$PWD/fifo" "interval = 1" "commit = 1"
	tell_readings
	passes 0
	clock_is 2025-03-10T11:05:00Z
	P1_PACE=$PWD/pace LD_PRELOAD="$P1_BIN/tests/pace.so $clock" \
		ASAN_OPTIONS=verify_asan_link_order=0 p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	exec 7<>fifo
	say_more 1 2
	passes 3000000
	say_more 3
	passes 3600000
	say_more 4
	stop_service
	exec 7>&-
	cat log
	[ "$(grep -cF "$sentence" log)" = 2 ]
}

@test "--discover names it as well, without a lock on the database" {
	reset_meter
	p1sim -n 2 >telegrams
	p1 --discover telegrams >said
	sed -n '/^held-counters: Since .* electricity/,/^$/p' said | tr '\n' ' ' |
		grep -F "$sentence"
	p1 --discover telegrams --redact >masked
	tr '\n' ' ' <masked |
		grep "held-counters: Since .* of electricity (meter 1) have been held: "
	run ! grep -q "$(sql "SELECT identifier FROM meter LIMIT 1")" masked
	for database in "$PWD/none.db" "$PWD/telegrams"; do
		sed -i "s|^database = .*|database = $database|" "$ini"
		run p1 --discover telegrams
		[ "$status" -eq 0 ]
		[[ $output != *held-counters* ]]
		[ ! -e none.db ]
	done
}

@test "usage errors" {
	import --start 2025-03-10T06:00:00Z -n 3
	run p1 --quarantine forget 1
	ends 2 "'forget' is not accept, reject or clear"
	run p1 --quarantine accept
	ends 2 "needs one ID or FROM[..TO]"
	run p1 --quarantine accept one
	ends 2 "'one' is neither an ID nor a time"
	run p1 --closing 1
	ends 2 "give at least one counter"
	run p1 --closing 1 import_t1=a
	ends 2 "import_t1=a"
	run p1 --closing 9 import_t1=1
	ends 2 "no meter 9"
	run p1 --closing 1 import_t1=1
	ends 65 "already showed"
	run p1 --opening 1 --at yesterday import_t1=1
	ends 2 "'yesterday' is not a time"
	run p1 --at 2025-03-10T06:00:00Z
	ends 2 "--at needs --closing or --opening"
}

@test "while a service runs, they say what to do" {
	p1sim --seed 4 -n 1 >telegrams
	mkfifo fifo
	write_ini "$PWD/fifo" "commit = 1"
	hold sh -c 'cat telegrams - >fifo <fifo2'
	service
	exec 7>fifo
	cat telegrams >&7
	wait_for has_rows 1
	run p1 --quarantine accept 1 --wait 3
	exec 7>&-
	kill "$service_pid"
	ends 75 "stop it first"
}

@test "a meter swap with entered counters is exact" {
	import --start 2025-03-10T06:00:00Z -n 240 --gap 2025-03-10T07:30:00Z+1h \
		--meter-swap 2025-03-10T08:00:00Z
	before=$(total import_t1_wh)
	old=$(sql "SELECT max(import_t1_wh) FROM electricity WHERE ts < unixepoch('2025-03-10T08:00:00Z')")
	run p1 --closing 1 "import_t1=$(awk "BEGIN { printf \"%.3f\", ($old + 250) / 1000 }")"
	[ "$status" -eq 0 ]
	[ "$(total import_t1_wh)" = $((before + 250)) ]
	[ "$(sql "SELECT count(*) FROM electricity WHERE time_source = 3")" = 1 ]
	p1 --verify
}

kwh() { # WH
	awk "BEGIN { printf \"%.3f\", $1 / 1000 }"
}

@test "a wrong entry is entered again, or withdrawn" {
	import --start 2025-03-10T06:00:00Z -n 240 --gap 2025-03-10T07:30:00Z+1h \
		--meter-swap 2025-03-10T08:00:00Z
	before=$(total import_t1_wh)
	old=$(sql "SELECT max(import_t1_wh) FROM electricity WHERE ts < unixepoch('2025-03-10T08:00:00Z')")
	sent="$(sql "SELECT * FROM electricity")"
	wrong=$(kwh $((old + 9250))) right=$(kwh $((old + 250)))
	p1 --closing 1 "import_t1=$wrong" >said
	[ "$(head -1 said)" = "closing of 1: import_t1 is $wrong, 9.250 more than the meter's own" ]
	[[ $(tail -1 said) == "closing of 1: time is 2025-03-10T0"*Z ]]
	[ "$(total import_t1_wh)" = $((before + 9250)) ]
	mkdir copies
	p1 --backup copies
	[ "$(p1 --closing 1 "import_t1=$right" 2>follower)" = \
		"closing of 1: import_t1 was $wrong, is now $right" ]
	grep -q "electricity.rrd.*rebuilt" follower
	run p1 --closing 1 "import_t1=$right"
	ends 0 "closing of 1: nothing changes"
	run p1 --closing 1 "import_t1=$(kwh $((old - 1)))"
	ends 65 "meter 1 already showed $(kwh "$old")"
	[ "$(total import_t1_wh)" = $((before + 250)) ]
	p1 --verify
	p1 --restore copies/*.db --force 2>/dev/null
	[ "$(total import_t1_wh)" = $((before + 9250)) ]
	p1 --closing 1 import_t1= >said
	[ "$(head -1 said)" = "closing of 1: import_t1 was $wrong, is now $(kwh "$old") (the meter's own)" ]
	[[ $(tail -1 said) == "closing of 1: time was "*"Z, is now none" ]]
	[ "$(sql "SELECT * FROM electricity")" = "$sent" ]
	p1 --verify
	run p1 --closing 1 import_t1=
	ends 2 "no closing counters of meter 1 were entered"
}

# Gas that jumped after a week without a reading was already in the files.
@test "a withdrawn reading disappears from the RRD files, too" {
	options=(--start 2025-03-10T06:00:00Z --gap 2025-03-10T08:00:00Z+8d
		--fault gasjump=2025-03-18T08:00:00Z+10m)
	import "${options[@]}" -n 128
	[ "$(sql "SELECT max(value) - min(value) > 1700000 FROM mbus")" = 1 ]
	import "${options[@]}" -n 300
	[ "$(sql "SELECT DISTINCT reason FROM quarantine")" = fast ]
	[ "$(total gas_dm3)" -lt 200000 ]
	p1 --verify
	rrdtool fetch rrd/gas.rrd AVERAGE -s 1741586400 -e 1742313600 >is
	rm rrd/gas.rrd
	p1rrd -c "$ini"
	rrdtool fetch rrd/gas.rrd AVERAGE -s 1741586400 -e 1742313600 | cmp - is
}
