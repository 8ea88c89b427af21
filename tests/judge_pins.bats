#!/usr/bin/env bats
# bats file_tags=plain
# The user's decisions about readings: p1logger --quarantine with its list,
# accept, reject and clear; for one reading, and for all readings of a time.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
	mkdir data
}

p1() { # OPTION...
	p1logger -c "$ini" "$@"
}

said() { # VERB WHICH OPTION...: without a terminal
	p1 --quarantine "$@" </dev/null
}

import() { # P1SIM-OPTION...
	p1sim --seed 4 --interval 60 "$@" >telegrams
	p1 --import telegrams
}

total() { # COLUMN
	sql "SELECT sum($1) FROM hourly_wh"
}

last() { # COLUMN: the last counter, in kWh
	sql "SELECT printf('%.3f', $1 / 1000.0) FROM electricity
		ORDER BY ts DESC LIMIT 1"
}

# A reading with the last counters a day later, and N kWh more on tariff 1. A
# day allows it, so it is accepted.
one_more() { # N STAMP
	local t1
	t1=$(sql "SELECT printf('%.3f', (import_t1_wh + $1 * 1000) / 1000.0)
		FROM electricity ORDER BY ts DESC LIMIT 1")
	import --no-gas --start "$2" -n 1 --initial "import_t1=$t1" \
		--initial "import_t2=$(last import_t2_wh)" \
		--initial "export_t1=$(last export_t1_wh)" \
		--initial "export_t2=$(last export_t2_wh)"
}

# Everything derived from the readings.
state() {
	sql "SELECT * FROM electricity; SELECT * FROM mbus; SELECT * FROM installation;
		SELECT * FROM pin; SELECT * FROM hourly_wh; SELECT count(*) FROM held"
}

false_one=2025-03-11T12:00:00Z

a_false_one_that_stays() {
	import --start 2025-03-10T06:00:00Z -n 120
	before=$(total import_wh)
	one_more 900 $false_one
	[ "$(rows)" = 121 ]
	state >accepted
	high=$(total import_wh)
	[ "$high" -gt $((before + 890000)) ]
}

electricity() { # print its identifier
	sql "SELECT identifier FROM meter WHERE medium = 'electricity'"
}

serial() { # [IDENTIFIER]: print it as it is printed on the meter
	printf %b "$(sed 's/../\\x&/g' <<<"${1:-$(electricity)}")"
}

@test "an accepted false reading is rejected, and the totals are right again" {
	a_false_one_that_stays
	run said reject $false_one --yes
	echo "$output"
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "electricity $(serial): 1 reading becomes held" ]
	[ "$(total import_wh)" = "$before" ]
	[ "$(rows)" = 120 ]
	p1 --verify
	run p1 --quarantine
	silent # the user knows already
	one_more 1 2025-03-12T12:00:00Z # true readings continue below it
	[ "$(total import_wh)" -gt "$before" ]
	[ "$(total import_wh)" -lt "$high" ]
}

@test "clear restores the previous state, and repeating it changes nothing" {
	a_false_one_that_stays
	range=2025-03-11T00:00:00Z..2025-03-12T00:00:00Z
	said reject $range --yes
	state >rejected
	run ! cmp -s accepted rejected
	run said reject $range --yes
	[ "$output" = "electricity $(serial): nothing changes" ]
	[ "$status" -eq 0 ]
	state | cmp - rejected
	run said clear $range --yes
	[ "${lines[0]}" = "electricity $(serial): 1 reading becomes accepted" ]
	state | cmp - accepted
	run said clear $range --yes
	ends 2 "there is no decision to clear about readings at that time"
	state | cmp - accepted
	p1 --verify
}

@test "of two decisions about the same time the last counts, the rest of the first stays" {
	a_false_one_that_stays
	said reject 2025-03-11T00:00:00Z..2025-03-12T00:00:00Z --yes
	said accept $false_one --yes
	[ "$(rows)" = 121 ]
	[ "$(sql "SELECT count(*), sum(accepted) FROM pin")" = "3|1" ]
	said clear 2025-03-11T12:00:00Z..2025-03-11T13:00:00Z --yes
	[ "$(sql "SELECT group_concat(time(first_ts, 'unixepoch') || ' ' ||
		time(last_ts, 'unixepoch'), ', ') FROM pin")" = \
		"00:00:00 11:59:59, 13:00:01 00:00:00" ]
	said accept 2025-03-10T23:00:00Z..2025-03-11T18:00:00Z --yes
	[ "$(sql "SELECT count(*), sum(accepted) FROM pin")" = "2|1" ]
	said reject $false_one --yes
	[ "$(rows)" = 120 ]
	p1 --verify
}

@test "the preview shows the totals afterwards, and changes nothing" {
	a_false_one_that_stays
	run said reject $false_one
	echo "$output"
	[ "$status" -eq 2 ]
	[[ ${lines[-1]} == *"nothing was changed"*"--yes"* ]]
	state | cmp - accepted
	was=$(sql "SELECT printf('%.3f', sum(import_wh) / 1000.0) FROM yearly_wh")
	said reject $false_one --yes >preview
	cat preview
	is=$(sql "SELECT printf('%.3f', sum(import_wh) / 1000.0) FROM yearly_wh")
	grep -qE "^  import +$was -> $is kWh$" preview
	grep -qE "^  import_t1 +.* kWh$" preview
	run grep -cE "gas|export" preview
	[ "$output" = 0 ]
}

@test "on a terminal it asks, and only yes means yes" {
	a_false_one_that_stays
	cat >ask.py <<-'END'
		import os, pty, sys
		pid, tty = pty.fork()
		if pid == 0:
		    os.execvp(sys.argv[2], sys.argv[2:])
		said = b""
		while b"[y/N] " not in said:
		    said += os.read(tty, 4096)
		os.write(tty, sys.argv[1].encode() + b"\n")
		try:
		    while piece := os.read(tty, 4096):
		        said += piece
		except OSError:
		    pass
		print(said.decode())
		sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
	END
	for word in n "" x; do
		run python3 ask.py "$word" p1logger -c "$ini" --quarantine reject $false_one
		[ "$status" -eq 1 ]
		[[ $output == *"nothing was changed"* ]]
		state | cmp - accepted
	done
	python3 ask.py y p1logger -c "$ini" --quarantine reject $false_one
	[ "$(total import_wh)" = "$before" ]
}

# A meter whose counters restart at 0, except for gas.
a_reset() {
	import --start 2025-03-10T06:00:00Z -n 120
	before=$(total import_wh)
	import --no-gas --start 2025-03-10T09:00:00Z -n 120 --initial import_t1=0 \
		--initial import_t2=0 --initial export_t1=0 --initial export_t2=0
	[ "$(rows)" = 120 ]
}

@test "a reset is one line, and the list says which accept settles it" {
	a_reset
	run p1 --quarantine
	echo "$output"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 6 ]
	[[ ${lines[1]} =~ \ 2025-03-10T09:00:00Z\ +2025-03-10T10:59:00Z\ +back\ +import_t1\ 0\.000\ kWh\ .*\ 120\  ]]
	[[ ${lines[2]} == "Since 2025-03-10T09:00:00Z all readings of electricity $(serial) have been held: its counter import_t1 fell from "*" to 0.000 kWh. If the meter was reset, run: p1logger --quarantine accept "* ]]
	run said accept "${lines[2]##* }"
	[[ $status = 0 && ${lines[0]} == *": 120 readings become accepted" ]]
	[ "$(rows)" = 240 ]
	[ "$(total import_wh)" -gt "$before" ]
	[ "$(total import_wh)" -lt $((before + 10000)) ]
	[ "$(sql "SELECT count(*) FROM installation WHERE begins = 'reset'")" = 1 ]
	run p1 --quarantine
	silent
	one_more 1 2025-03-10T12:00:00Z
	[ "$(rows)" = 241 ]
	p1 --verify
}

@test "readings held for less than an hour are not a reset" {
	import --start 2025-03-10T06:00:00Z -n 120
	import --no-gas --start 2025-03-10T09:00:00Z -n 60 --initial import_t1=0
	run p1 --quarantine
	echo "$output"
	[ "${#lines[@]}" -eq 5 ]
	[[ $output != *"all readings"* ]]
}

@test "a false reading before the true ones continue is not suggested" {
	import --start 2025-03-10T06:00:00Z -n 120
	import --no-gas --start 2025-03-10T08:30:00Z -n 1 --initial import_t1=90000
	import --no-gas --start 2025-03-10T09:00:00Z -n 120 --initial import_t1=0
	p1 --quarantine >list
	cat list
	id=$(sed -n 's/.*reset, run: p1logger --quarantine accept //p' list)
	[ "$(sql "SELECT import_t1_wh FROM held WHERE id = $id")" = 0 ]
}

@test "all readings of a time range are accepted" {
	a_reset
	run said accept 2025-03-10T09:00:00Z..2025-03-10T09:10:00Z --yes
	[[ ${lines[0]} == *": 120 readings become accepted" ]]
	[ "$(rows)" = 240 ]
	p1 --verify
	said clear 2025-03-10T09:00:00Z..2025-03-10T09:10:00Z --yes
	[ "$(rows)" = 120 ]
	[ "$(total import_wh)" = "$before" ]
}

@test "of several meters one must be named" {
	import --start 2025-03-10T06:00:00Z -n 120
	gas=$(sql "SELECT identifier FROM meter WHERE medium = 'gas'")
	range=2025-03-10T06:30:00Z..2025-03-10T07:00:00Z
	run said reject $range
	ends 2 "several meters have readings at that time" "electricity $(serial)" "gas $(serial "$gas")"
	run said reject $range --meter G1
	ends 2 "there is no meter 'G1'"
	said reject $range --meter "$gas" --yes >preview
	cat preview
	[[ $(head -n 1 preview) =~ ^"gas $(serial "$gas"): "[1-9][0-9]*" readings become held"$ ]]
	[ "$(rows)" = 120 ]
	[ "$(sql "SELECT count(*) FROM mbus WHERE ts BETWEEN
		unixepoch('2025-03-10T06:30:00Z') AND unixepoch('2025-03-10T07:00:00Z')")" = 0 ]
	said clear $range --yes # a decision about one meter only
	[ "$(sql "SELECT count(*) FROM pin")" = 0 ]
	number=$(sql "SELECT id FROM meter WHERE medium = 'electricity'")
	said reject $range --meter "$number" --yes
	[ "$(rows)" = 89 ]
	p1 --verify
}

@test "later imports obey earlier decisions" {
	a_false_one_that_stays
	cp telegrams false
	said reject $false_one --yes
	sqlite3 "$db" "DELETE FROM held"
	p1 --import false
	[ "$(rows)" = 120 ]
	[ "$(total import_wh)" = "$before" ]
}

@test "a reset in a time range that was accepted in advance is accepted" {
	import --start 2025-03-08T06:00:00Z -n 1440 --interval 120
	said accept 2025-03-10T05:00:00Z..2025-03-11T00:00:00Z --yes \
		--meter "$(electricity)"
	import --no-gas --start 2025-03-10T09:00:00Z -n 10 --initial import_t1=0 \
		--initial import_t2=0 --initial export_t1=0 --initial export_t2=0
	[ "$(rows)" = 1450 ]
	p1 --verify
}

@test "manually entered counters stay when a decision is cleared" {
	import --start 2025-03-10T06:00:00Z -n 240 --gap 2025-03-10T07:30:00Z+1h \
		--meter-swap 2025-03-10T08:00:00Z
	old=$(sql "SELECT printf('%.3f', max(import_t1_wh) / 1000.0 + 0.25)
		FROM electricity WHERE ts < unixepoch('2025-03-10T08:00:00Z')")
	p1 --closing 1 "import_t1=$old"
	state >entered
	range=2025-03-10T07:00:00Z..2025-03-10T08:29:59Z
	said reject $range --meter 1 --yes
	said clear $range --yes
	state | cmp - entered
	p1 --verify
}

@test "usage errors" {
	import --start 2025-03-10T06:00:00Z -n 3
	run said reject
	ends 2 "needs one ID or FROM[..TO]"
	run said clear
	ends 2 "--quarantine clear needs one FROM[..TO]"
	run said reject 2025-03-10
	ends 2 "'2025-03-10' is neither an ID nor a time such as 2025-05-20T11:37:12Z"
	run said reject 2025-03-10T06:00:00Z..
	ends 2 "'' is not a time"
	run said reject 2025-03-10T06:00:00Z..2025-03-10T05:00:00Z
	ends 2 "2025-03-10T06:00:00Z is after 2025-03-10T05:00:00Z"
	run said reject 2025-03-09T06:00:00Z
	ends 2 "there are no readings at that time"
	run said reject 2025-03-09T06:00:00Z --meter 1
	ends 2 "the meter has no readings at that time"
	run said clear 12
	ends 2 "'12' is not a time"
	run said accept 12
	ends 2 "there is no held reading 12"
	run said accept 12 --yes
	ends 2 "--meter and --yes need --quarantine with FROM[..TO]"
	run p1 --yes
	ends 2 "--meter and --yes need --quarantine"
	run p1 --quarantine --meter 1
	ends 2 "--meter and --yes need --quarantine"
}
