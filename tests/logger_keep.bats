#!/usr/bin/env bats
# [keep]: old readings are thinned beside the logging, and no answer changes.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

teardown() {
	stop_meter
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid"
}

# Three days every 10 s, and the telegrams after them in next.
three_days() {
	p1sim --start 2025-01-01T00:00:00Z -n 25920 --interval 10 --water -o old
	p1sim --start 2025-01-04T00:00:00Z -n 1 --water --initial import_t1=9000 \
		--initial import_t2=9000 --initial export_t1=9000 --initial export_t2=9000 \
		--initial gas=9000 --initial water=9000 -o next
	p1logger -c "$ini" --import old
	write_ini "$PWD/next" "commit = 1" "[limits]" import=0 export=0 gas=0 water=0
	p1logger -c "$ini" --once
	answers >before
	grep -q '|' before
}

keep() { # RULE...
	printf '%s\n' "[keep]" "$@" >>"$ini"
}

answers() {
	sql "SELECT * FROM counter_from" "SELECT * FROM counter_to" \
		"SELECT * FROM installation" "SELECT * FROM hourly_wh" \
		"SELECT * FROM daily" "SELECT * FROM yearly" "SELECT * FROM extent" \
		"SELECT (ts - 1) / 300, max(power_import_max_w) FROM electricity GROUP BY 1" \
		"SELECT sum(weight) FROM electricity" "SELECT sum(weight) FROM mbus"
}

rows() {
	sql "SELECT count(*) FROM electricity"
}

thinned() { # [UNTIL]: is all that is older than a day?
	[ "$(sql "SELECT value FROM meta WHERE key = 'thinned_rows_300'")" -ge "${1:-1735862400}" ]
}

all_runs() { # of --once, until all is thinned
	for _ in {1..20}; do
		p1logger -c "$ini" --once
		! thinned || return 0
	done
}

@test "runs of --once thin a few hours each, and totals stay" {
	three_days
	keep rows=1d
	p1logger -c "$ini" --once
	[ "$(rows)" -gt 24000 ] # a piece
	all_runs
	[ "$(rows)" -lt 10000 ]
	diff before <(answers)
	run -0 p1logger -c "$ini" --verify
	p1logger -c "$ini" --verify --repair
	diff before <(answers)
}

@test "telegrams that were thinned are known" {
	three_days
	keep rows=1d
	all_runs
	was=$(rows)
	p1logger -c "$ini" --import old
	[ "$(rows)" = "$was" ]
	diff before <(answers)
	run -0 p1logger -c "$ini" --verify
}

@test "RRD files made from thinned readings are the same" {
	three_days
	sed -i "s|^rrd =.*|rrd = $PWD/rrd|" "$ini"
	mkdir rrd
	p1rrd -c "$ini"
	for f in rrd/*.rrd; do
		rrdtool dump "$f" | grep '<row>' >"$f.before"
	done
	rm rrd/*.rrd
	keep rows=1d
	all_runs
	p1rrd -c "$ini"
	for f in rrd/*.rrd; do
		diff "$f.before" <(rrdtool dump "$f" | grep '<row>')
	done
	p1rrd -c "$ini" --verify
}

@test "a run that is killed at any moment leaves all totals" {
	three_days
	keep rows=1d
	for i in {1..40}; do
		timeout -s KILL "0.00$((i % 8 + 2))" p1logger -c "$ini" --once || true
	done
	diff before <(answers)
	run -0 p1logger -c "$ini" --verify
	all_runs
	diff before <(answers)
}

@test "the service thins after its commits, says so, and shrinks the file" {
	three_days
	was=$(stat -c %s "$db")
	write_ini "$port" "commit = 1" "interval = 1" "[limits]" import=0 export=0 gas=0
	keep rows=2d
	meter --start 2025-01-04T01:00:00Z --interval 1
	service
	wait_for thinned 1735776000
	wait_for grep "old readings are thinned: [0-9]* rows removed" log
	grep "thinning the readings that are older than \[keep\] says" log
	stop_meter
	stop_service
	sql "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	[ "$(stat -c %s "$db")" -le $((was - 100000)) ]
	run -0 p1logger -c "$ini" --verify
}

@test "a machine's wrong clock thins nothing that is new" {
	three_days
	keep rows=1y
	clock_is "2036-01-01 12:00"
	LD_PRELOAD=$clock ASAN_OPTIONS=verify_asan_link_order=0 p1logger -c "$ini" --once
	diff before <(answers)
	[ "$(rows)" = 25921 ]
}

@test "forever keeps all, and other words are refused" {
	three_days
	keep rows=forever phases=forever
	p1logger -c "$ini" --once
	[ "$(rows)" = 25921 ]
	for word in 0d 1 2m y -1y 1.5y 101y 100000d ever ""; do
		write_ini - "[keep]" "rows = $word"
		run -78 p1logger -c "$ini" --check-config
		[[ $output == *"[keep] rows: '$word' is not a time such as 90d or 2y"* ]]
	done
}

@test "--check-config says how large the database will be" {
	sizes() {
		run -0 p1logger -c "$ini" --check-config -v
		[[ $output =~ about\ ([0-9]+)\ MB\ after\ a\ year\ and\ ([0-9]+)\ MB ]]
		year=${BASH_REMATCH[1]} ten=${BASH_REMATCH[2]}
	}
	sizes
	[ "$year" -gt 140 ]
	[ "$year" -lt 180 ]
	[ "$ten" -gt 260 ]
	[ "$ten" -lt 300 ]
	keep rows=forever
	sizes
	[ "$ten" -gt 1400 ]
	write_ini - "interval = 300"
	sizes
	[ "$ten" -lt 150 ]
}
