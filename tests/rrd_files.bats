#!/usr/bin/env bats
# bats file_tags=plain
# The RRD files match the views, however the readings came.
bats_require_minimum_version 1.5.0
load helper
load rrd/rrd

setup() { rrd_setup; }

@test "each local day sums to the view, over both clock changes" {
	for start in 2025-10-20T00:00:00Z 2026-03-22T00:00:00Z; do
		rm -rf rrd p1.db*
		p1sim --start "$start" --duration 12d --interval 300 --water --heat >year
		import year
		p1rrd
		whole="day > (SELECT min(day) FROM daily) AND
			day < (SELECT max(day) FROM daily)"
		{
			days_that_differ import_wh power_import electricity "$whole"
			days_that_differ export_wh power_export electricity "$whole"
			for t in t1 t2; do
				days_that_differ import_${t}_wh power_import_$t electricity "$whole"
				days_that_differ export_${t}_wh power_export_$t electricity "$whole"
			done
			days_that_differ gas_dm3 gas gas "$whole"
			days_that_differ water_dm3 water water "$whole"
			days_that_differ heat_mj heat heat "$whole"
		} >differ
		diff /dev/null differ
	done
}

@test "cron's rows beside the boundaries sum to the view, from the first reading" {
	p1sim --start 2026-01-04T23:00:13Z --duration 5d --interval 10 | every 30 7 >rows
	import rows
	[ "$(sql 'SELECT count(*) FROM electricity WHERE ts % 300 = 0')" = 0 ]
	p1rrd
	days_that_differ import_wh power_import electricity "day < '2026-01-09'" >differ
	days_that_differ export_wh power_export electricity "day < '2026-01-09'" >>differ
	diff /dev/null differ
}

@test "gas that comes once an hour is known in every step" {
	p1sim --dialect nl42 --start 2026-01-04 --duration 6d --interval 300 >rows
	import rows
	[ "$(sql 'SELECT count(DISTINCT ts % 3600) FROM mbus')" = 1 ]
	p1rrd
	days_that_differ gas_dm3 gas gas "day BETWEEN '2026-01-05' AND '2026-01-08'" >differ
	diff /dev/null differ
}

@test "a day with a gap is unknown, in the steps and as a day" {
	p1sim --start 2026-01-04 --duration 8d --interval 300 \
		--gap 2026-01-07T10:00:00Z+3h >rows
	import rows
	p1rrd
	start=$(date -d '2026-01-07 00:00' +%s)
	# From 9:55, the last reading, to 13:00.
	[ "$(rrd_sum power_import electricity "$start" $((start + 86400)))" = '?37' ]
	whole="day > '2026-01-04' AND day < '2026-01-11' AND day != '2026-01-07'"
	days_that_differ import_wh power_import electricity "$whole" >differ
	diff /dev/null differ
	rrdtool fetch rrd/electricity.rrd AVERAGE -r 86400 \
		-s $((start + 3600)) -e $((start + 3600)) | grep -i ': -*nan'
	rrdtool fetch rrd/electricity.rrd AVERAGE -r 86400 \
		-s $((start + 90000)) -e $((start + 90000)) | grep ': [0-9]'
}

@test "a gap of days and a meter swap cause no spike" {
	p1sim --start 2026-01-04 --duration 5d --interval 300 \
		--initial import_t1=40000 --meter-swap 2026-01-06T09:30:00Z \
		--gap 2026-01-07T10:00:00Z+1d >rows
	import rows
	p1sim --seed 7 --start 2026-01-09T00:00:00Z --duration 2d --interval 300 \
		--initial import_t1=90000 >upward
	import upward
	[ "$(sql "SELECT count(*) FROM installation WHERE channel = 0")" -ge 3 ]
	p1rrd
	rrdtool fetch rrd/electricity.rrd MAX -r 300 -s 20260104 -e 20260112 |
		awk 'NR > 2 && $2 > 20000 { print; bad = 1 } END { exit bad }'
	days_that_differ import_wh power_import electricity "day = '2026-01-06'" >differ
	diff /dev/null differ
}

@test "a peak of 9 kW shows in MAX, in every archive" {
	p1sim --start 2026-01-04 --duration 3d --interval 60 --no-solar >rows
	import rows
	# A single telegram's peak, within a step of a few hundred W.
	sqlite3 p1.db "UPDATE electricity SET power_import_max_w = 9000
		WHERE ts = (SELECT ts FROM electricity WHERE power_import_w < 1000
			AND ts > unixepoch('2026-01-05 02:01:00') LIMIT 1)"
	p1rrd
	for width in 300 3600 86400; do
		rrdtool fetch rrd/electricity.rrd MAX -r $width -s 20260105 -e 20260106 |
			awk 'NR > 2 && $4 == 9000 { n++ } END { exit n != 1 }'
	done
	rrdtool fetch rrd/electricity.rrd MAX -r 300 -s 20260105 -e 20260106 |
		awk 'NR > 2 && $4 == 9000 { exit $2 > 2000 }'
}

@test "cron, the service and imports in turn give the same file as one run" {
	p1sim --start 2026-01-04T00:00:03Z --duration 2d --interval 10 >all
	perl -e 'local $/; $_ = <STDIN>; @t = split m{(?=^/)}m; $n = 0;
		while (@t) { open $f, ">", sprintf "part%02d", $n++;
			print $f splice @t, 0, 1000 }' <all
	for part in part*; do
		case $part in
		*[02468]) every 30 5 <"$part" >now ;;
		*) cp "$part" now ;;
		esac
		import now
		run --separate-stderr p1rrd
		[ "$status" = 0 ]
		[ -z "$output$stderr" ]
	done
	as_if_made_in_one_go
	import part04 # all other telegrams; cron saw one in thirty
	run p1rrd
	[ "$status" = 0 ]
	[[ $output == *"older readings were added"* ]]
	as_if_made_in_one_go
}

@test "imported twice changes nothing" {
	p1sim --start 2026-01-04 --duration 2d --interval 300 >rows
	import rows
	p1rrd
	contents >before
	import rows
	run p1rrd
	[ "$status" = 0 ]
	[ -z "$output" ]
	contents >after
	cmp before after
}

@test "older readings are inserted" {
	p1sim --start 2026-01-04 --duration 9d --interval 300 >all
	perl -e 'local $/; $_ = <STDIN>; @t = split m{(?=^/)}m;
		open $f, ">", "old"; print $f @t[0..999];
		open $f, ">", "new"; print $f @t[1000..$#t]' <all
	import new
	p1rrd
	import old
	p1rrd
	days_that_differ import_wh power_import electricity \
		"day BETWEEN '2026-01-05' AND '2026-01-11'" >differ
	days_that_differ gas_dm3 gas gas \
		"day BETWEEN '2026-01-05' AND '2026-01-11'" >>differ
	diff /dev/null differ
	as_if_made_in_one_go
}

@test "rm *.rrd" {
	p1sim --start 2026-01-04 --duration 3d --interval 300 >rows
	import rows
	p1rrd
	contents >before
	rm rrd/*.rrd
	run p1rrd
	[ "$status" = 0 ]
	[ "${#lines[@]}" = 2 ]
	[[ $output == *"electricity.rrd: rebuilt (it was missing)"* ]]
	contents >after
	cmp before after
	rm -r rrd
	p1rrd
	contents >after
	cmp before after
}

@test "kill -9 during a run" {
	p1sim --start 2026-01-04 --duration 35d --interval 300 >all
	perl -e 'local $/; $_ = <STDIN>; @t = split m{(?=^/)}m; $n = 0;
		while (@t) { open $f, ">", sprintf "part%02d", $n++;
			print $f splice @t, 0, 1000 }' <all
	delay=0
	for part in part*; do
		import "$part"
		command p1rrd --config p1.ini 2>/dev/null 3>&- &
		pid=$!
		sleep "0.0$((delay = (delay * 7 + 13) % 100))"
		kill -9 $pid 2>/dev/null || true
		wait $pid || true
	done
	p1rrd
	[ "$(echo rrd/*)" = 'rrd/electricity.rrd rrd/gas.rrd rrd/p1rrd.lock rrd/p1rrd.state' ]
	as_if_made_in_one_go
}
